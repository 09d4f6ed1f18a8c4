import type { GatewayData, GatewaySandbox, SandboxSettings } from "medusa-regional-payments/testing"
import { AcmeStandIn } from "../../stand-in"

/** Marked, so that they can be searched for. */
export const secrets = { apiKey: "markedAcmeKey7vQ2", previousApiKey: "markedPreviousKey4xT" }

export async function startStandIn({
  webhookUrl,
  signsWith,
}: SandboxSettings): Promise<AcmeStandIn> {
  const { apiKey, previousApiKey } = secrets
  const webhookKey = signsWith === "current" ? apiKey : previousApiKey
  return await AcmeStandIn.start({ apiKey, webhookKey, webhookUrl })
}

export const changeAcmeSignature: GatewayData["changeSignature"] = (
  { headers, ...webhook },
  change
) => ({
  ...webhook,
  headers: { ...headers, "acme-signature": change(String(headers["acme-signature"])) },
})

type Routes<Operation extends string> = Readonly<
  Partial<Record<Operation, { method: string; path: string }>>
>

/** What the suites of payments and of payouts do to Acme alike. @param routes of each kind of call */
export function controlsOf<Operation extends string>(
  standIn: AcmeStandIn,
  routes: Routes<Operation>
) {
  type Fault = Parameters<GatewaySandbox["fault"]>[1]
  return {
    calls: (operation: Operation) => {
      const { method = "", path = "" } = routes[operation] ?? {}
      return standIn.count(method, path)
    },
    fault: (operation: Operation, fault: Fault) => {
      const route = routes[operation]
      if (route === undefined) {
        throw new Error(`Acme has no call to ${operation}`)
      }
      standIn.faults.addUnchecked({ ...fault, path: route.path })
    },
    clearFaults: () => standIn.faults.clear(),
    endTokens: () => {
      throw new Error("Acme has no access token")
    },
    setWebhooks: (change: Partial<AcmeStandIn["sent"]>) =>
      void (standIn.sent = { ...standIn.sent, ...change }),
    webhooksSettled: () => standIn.webhooks.settled(),
    close: () => standIn.close(),
  }
}
