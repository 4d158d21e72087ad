// Answers on a free port of the loopback, and says which.

import { createServer } from 'node:http'

export function listens(handler) {
  const server = createServer({ keepAliveTimeout: 75_000 }, handler)
  server.listen(0, '127.0.0.1', () => {
    console.error(`server started socket://127.0.0.1:${server.address().port}`)
  })
}
