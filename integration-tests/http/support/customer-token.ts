import { randomBytes } from "node:crypto"
import type { Shop } from "./shop"

/** Somebody with an account, logged in. */
export async function customerToken(
  shop: Pick<Shop, "api" | "store">,
  email = `juan-${randomBytes(4).toString("hex")}@example.com`
): Promise<string> {
  const password = "only-for-tests"
  const registered = await shop.api.post("/auth/customer/emailpass/register", { email, password })
  const headers = {
    "x-publishable-api-key": shop.store.publishableKey,
    authorization: `Bearer ${registered.data.token}`,
  }
  await shop.api.post("/store/customers", { email }, { headers })
  const loggedIn = await shop.api.post("/auth/customer/emailpass", { email, password })
  return loggedIn.data.token
}
