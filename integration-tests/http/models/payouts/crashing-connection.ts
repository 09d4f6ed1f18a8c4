import { knex, type Knex } from "@medusajs/framework/mikro-orm/knex"
import { CrashPoint } from "./crash-point"

/** A connection of the driver's, as far as it is used here. */
type RawConnection = {
  query(...given: unknown[]): unknown
  connection: { stream: { destroy(): void } }
}

export type CrashingConnection = { connection: Knex; crash: CrashPoint }

/**
 * A pool of a server that can die between any two statements. PostgreSQL then takes back what was not
 * committed, as it does when a machine loses its power.
 */
export function crashingConnection(url: string): CrashingConnection {
  const crash = new CrashPoint()
  const silent = () => {}
  const connection = knex({
    client: "pg",
    connection: url,
    // It says of each connection that it was cut off.
    log: { warn: silent, error: silent, debug: silent, deprecate: silent },
    pool: {
      min: 0,
      max: 3,
      afterCreate: (
        raw: RawConnection,
        done: (error: Error | null, raw: RawConnection) => void
      ) => {
        const cutOff = () => raw.connection.stream.destroy()
        if (crash.isDead) {
          cutOff()
          return
        }
        const query = raw.query.bind(raw)
        raw.query = (...given) => {
          void crash.pass().then(() => query(...given))
        }
        crash.onDeath(cutOff)
        done(null, raw)
      },
    },
  })
  return { connection, crash }
}
