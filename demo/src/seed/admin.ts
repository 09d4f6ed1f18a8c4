import { createUserAccountWorkflow } from "@medusajs/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { FeatureFlag, Modules } from "@medusajs/framework/utils"

const PROVIDER = "emailpass"
/** Made by Medusa itself where its role-based access control is turned on. */
const EVERYTHING = "role_super_admin"

/** The dashboard's user. One that exists gets the password again, so that the login that is printed always works. */
export async function ensureAdmin(
  container: MedusaContainer,
  { email, password }: { email: string; password: string }
): Promise<void> {
  const auth = container.resolve(Modules.AUTH)
  const [existing] = await container.resolve(Modules.USER).listUsers({ email })
  if (existing) {
    const { success, error } = await auth.updateProvider(PROVIDER, { entity_id: email, password })
    if (!success) throw new Error(`The admin's password could not be set: ${error}`)
    return
  }
  const { authIdentity, error } = await auth.register(PROVIDER, { body: { email, password } })
  if (!authIdentity) throw new Error(`The admin could not be registered: ${error}`)
  await createUserAccountWorkflow(container).run({
    input: {
      authIdentityId: authIdentity.id,
      userData: {
        email,
        first_name: "Luz",
        last_name: "Santos",
        ...(FeatureFlag.isFeatureEnabled("rbac") && { roles: [EVERYTHING] }),
      },
    },
  })
}
