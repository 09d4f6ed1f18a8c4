import { fork } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { z } from "zod"

export type Stub = { port: number; baseUrl: string; stop: () => Promise<void> }

const ready = z.tuple([z.object({ port: z.number() }), z.unknown()])

/** @throws where it ends before it listens; what it had to say is on stderr */
export async function startStub(): Promise<Stub> {
  const child = fork(join(__dirname, "stub-server.ts"))
  const exited = once(child, "exit")
  const failed = exited.then(([code]) => {
    throw new Error(`The stub server ended with code ${String(code)} before it listened`)
  })
  const [{ port }] = ready.parse(await Promise.race([once(child, "message"), failed]))
  failed.catch(() => undefined)
  return {
    port,
    baseUrl: `http://127.0.0.1:${port}`,
    stop: async () => {
      if (child.connected) {
        child.disconnect()
      }
      await exited
    },
  }
}
