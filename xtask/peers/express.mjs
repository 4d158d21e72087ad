// Sign-in as tutorials for Express build it, tuned: `express.mjs file.db object|string`.
// `object` has its secret as a KeyObject, made once; `string` as most tutorials write it.

import { hash, verify } from '@node-rs/argon2'
import Database from 'better-sqlite3'
import cookieParser from 'cookie-parser'
import express from 'express'
import jwt from 'jsonwebtoken'
import { createHash, createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import { listens } from './listens.mjs'

const [file, kind] = process.argv.slice(2)
const SECRET = '0123456789abcdef'.repeat(4)
const secret = kind === 'object' ? createSecretKey(Buffer.from(SECRET)) : SECRET
const named = { issuer: 'http://127.0.0.1', audience: 'bench' }
const LIFE = 7 * 86_400_000
const cost = {
  memoryCost: Number(process.env.ARGON2_MEMORY_KIB ?? 19_456),
  timeCost: Number(process.env.ARGON2_ITERATIONS ?? 2),
  parallelism: 1,
}

const db = new Database(file)
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec(`
  CREATE TABLE users (id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL) STRICT;
  CREATE TABLE refresh_tokens (hash BLOB PRIMARY KEY, family TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES users (id),
    expires_at INTEGER NOT NULL, used_at INTEGER) STRICT;
  CREATE INDEX refresh_tokens_family ON refresh_tokens (family);
`)
const addUser = db.prepare('INSERT INTO users VALUES (?, ?, ?)')
const findUser = db.prepare('SELECT id, password_hash FROM users WHERE username = ?')
const addToken = db.prepare('INSERT INTO refresh_tokens VALUES (?, ?, ?, ?, NULL)')
const findToken = db.prepare('SELECT family, user_id, expires_at, used_at FROM refresh_tokens WHERE hash = ?')
const useToken = db.prepare('UPDATE refresh_tokens SET used_at = ? WHERE hash = ? AND used_at IS NULL')
const endFamily = db.prepare('DELETE FROM refresh_tokens WHERE family = ?')

const digest = (token) => createHash('sha256').update(token).digest()
const fresh = (family, user) => {
  const token = randomBytes(32).toString('base64url')
  addToken.run(digest(token), family, user, Date.now() + LIFE)
  return token
}
// A token is spent once; whoever shows a spent one ends its whole family.
const rotate = db.transaction((token) => {
  const name = digest(token)
  const row = findToken.get(name)
  const now = Date.now()
  if (!row || row.expires_at <= now) return undefined
  if (useToken.run(now, name).changes === 0) {
    endFamily.run(row.family)
    return undefined
  }
  return { ...row, token: fresh(row.family, row.user_id) }
})

const answers = (response, status, { user_id, family, token }) => {
  const claims = { sid: family, roles: ['user'] }
  const access_token = jwt.sign(claims, secret, { ...named, subject: user_id, expiresIn: 900, jwtid: randomUUID() })
  response.cookie('refresh', token, { httpOnly: true, sameSite: 'strict', path: '/', maxAge: LIFE })
  response.status(status).json({ access_token, expires_in: 900 })
}
const signsIn = (response, status, user_id) => {
  const family = randomUUID()
  answers(response, status, { user_id, family, token: fresh(family, user_id) })
}
const authenticated = (request, response, next) => {
  const [scheme, token] = request.headers.authorization?.split(' ') ?? []
  if (scheme !== 'Bearer' || !token) return response.status(401).json({ error: 'no token' })
  try {
    request.claims = jwt.verify(token, secret, { ...named, algorithms: ['HS256'] })
  } catch {
    return response.status(401).json({ error: 'bad token' })
  }
  next()
}

const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.get('/api/auth/session', authenticated, (request, response) => {
  const { sub, sid, roles, exp } = request.claims
  response.json({ sub, sid, roles, expires_in: exp - Math.floor(Date.now() / 1000) })
})
app.post('/api/auth/refresh', cookieParser(), (request, response) => {
  const rotated = rotate.immediate(request.cookies.refresh ?? '')
  if (!rotated) return response.status(401).json({ error: 'bad token' })
  answers(response, 200, rotated)
})
app.post('/api/auth/register', express.json(), async (request, response) => {
  const { username, password } = request.body
  const id = randomUUID()
  addUser.run(id, username, await hash(password, cost))
  signsIn(response, 201, id)
})
app.post('/api/auth/login', express.json(), async (request, response) => {
  const { username, password } = request.body
  const user = findUser.get(username)
  if (!user || !(await verify(user.password_hash, password))) return response.status(401).json({ error: 'no' })
  signsIn(response, 200, user.id)
})
listens(app)
