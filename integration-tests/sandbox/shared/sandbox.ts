import { CallLog, type CallLogOptions } from "./call-log"
import { type CommonParts, controlRoutes, type WebhookParts } from "./control"
import { Faults } from "./faults"
import { Ledger, type LedgerEntry } from "./ledger"
import { type Route, type SandboxServer, type ServerOptions, startServer } from "./server"

/** How each sandbox can be started, besides its settings and credentials. */
export interface CommonOptions<Memory> {
  /** 0, the default, for any free port. */
  readonly port?: number
  readonly now?: () => number
  /** What an earlier sandbox remembered last. */
  readonly memory?: Memory | undefined
  /** Told what to remember, after every change. */
  readonly onMemory?: (memory: Memory) => void
}

/** What each sandbox gives a test. */
export interface CommonSandbox<Settings, Credentials> {
  /** The API's base URL, without a slash at the end. */
  readonly url: string
  readonly credentials: Credentials
  readonly ledger: Pick<Ledger, "entries">
  readonly faults: Faults
  readonly calls: CallLog
  set(change: Partial<Settings>): void
  close(): Promise<void>
}

/** @param ledger of an earlier sandbox */
export function commonParts(options: CallLogOptions, ledger?: readonly LedgerEntry[]): CommonParts {
  return {
    ledger: new Ledger(options.now, ledger),
    faults: new Faults(),
    calls: new CallLog(options),
  }
}

interface ServeOptions
  extends CommonParts, Pick<ServerOptions, "port" | "gatewayRoutes" | "refuse"> {
  /** The part of the shopper, the bank and the gateway itself, for another process. */
  readonly ownControls: readonly Route[]
  /** Of a gateway that has them. */
  readonly webhooks?: WebhookParts
}

/** Serves the gateway's calls, and what another process can ask and tell a sandbox. @throws {PortTakenError} */
export async function serve(options: ServeOptions): Promise<SandboxServer> {
  const { ownControls, webhooks } = options
  const server = await startServer({
    ...options,
    controlRoutes: [...controlRoutes(options, webhooks), ...ownControls],
  })
  return {
    url: server.url,
    close: async () => {
      await server.close()
      await webhooks?.sender.close()
    },
  }
}
