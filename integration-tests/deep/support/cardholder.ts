import type { PaymentCustomerDTO } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { Shop } from "../../http/support/shop"

/** The customer that a gateway's sandbox knows as the owner of a saved method, logged in. */
export async function logInAs(
  { api, container }: Pick<Shop, "api" | "container">,
  { id, email }: PaymentCustomerDTO
): Promise<string> {
  const password = "only-for-tests"
  const person = { id, email, has_account: true }
  await container.resolve(Modules.CUSTOMER).createCustomers(person)
  const auth = container.resolve(Modules.AUTH)
  const registered = await auth.register("emailpass", { body: { email: String(email), password } })
  await auth.updateAuthIdentities({
    id: String(registered.authIdentity?.id),
    app_metadata: { customer_id: id },
  })
  const { data } = await api.post("/auth/customer/emailpass", { email, password })
  return data.token
}
