// better-auth by its own instructions: `better-auth.mjs file.db row|cookie`. `row` reads the session's row at every
// call, as it comes; `cookie` lets a signed cookie answer for five minutes, as its page on performance advises.

import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import Database from 'better-sqlite3'
import { listens } from './listens.mjs'

const [file, kind] = process.argv.slice(2)
const database = new Database(file)
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')
const options = {
  database,
  baseURL: 'http://127.0.0.1',
  secret: '0123456789abcdef'.repeat(4),
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
  session: { cookieCache: { enabled: kind === 'cookie', maxAge: 300 } },
}
const { runMigrations } = await getMigrations(options)
await runMigrations()
listens(toNodeHandler(betterAuth(options)))
