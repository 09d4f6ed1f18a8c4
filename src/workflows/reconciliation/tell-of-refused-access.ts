import type { MedusaContainer } from "@medusajs/framework/types"
import type { GatewayContext } from "../../providers/base/context"
import { tellAdmins } from "../feed/tell-admins"

/** What went wrong with a question: the shop's own access, and not one payment. Errors lose their class in a workflow. */
const ofAccess: readonly unknown[] = ["unauthorized", "no_token"]

export function isRefusedAccess(error: unknown): boolean {
  return (
    typeof error === "object" && error !== null && ofAccess.includes(Reflect.get(error, "reason"))
  )
}

/** Tells the admins, once a day while it lasts, that a gateway does not take the shop's credentials. */
export async function tellOfRefusedAccess(
  container: MedusaContainer,
  { gateway }: Pick<GatewayContext, "gateway">,
  { providerId, failure, now }: { providerId: string; failure: string; now: Date }
): Promise<void> {
  await tellAdmins(container, {
    key: `refused-access:${providerId}:${now.toISOString().slice(0, 10)}`,
    title: "A gateway does not accept the shop's credentials",
    description:
      `${gateway.title} can't be asked about payments (${failure}). Compare the options of ${providerId} in ` +
      `medusa-config with the credentials in the gateway's dashboard: until then nothing that was paid is found out`,
  })
}
