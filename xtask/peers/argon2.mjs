// How long so many hashes take here, one after the other, in milliseconds: `argon2.mjs times`.

import { hash } from '@node-rs/argon2'

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const once = () => hash('correct zebra battery plum', cost)
await once()
for (let times = Number(process.argv[2]); times > 0; times -= 1) {
  const began = performance.now()
  await once()
  console.log(performance.now() - began)
}
