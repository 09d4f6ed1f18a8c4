import type { MedusaContainer } from "@medusajs/framework/types"
import type { GatewayContext } from "../../providers/base/context"
import { tellAdmins } from "../feed/tell-admins"

/** Tells the admins, by a line in the log and once in the dashboard, of what only a person can still find out. */
export async function tellOfGivingUp(
  container: MedusaContainer,
  { log }: Pick<GatewayContext, "log">,
  { reference, sentence }: { reference: string; sentence: string }
): Promise<void> {
  log.warn(sentence)
  await tellAdmins(container, {
    key: `given-up:${reference}`,
    title: "A gateway never told what became of a payment",
    description: sentence,
  })
}
