import { useQuery } from "@tanstack/react-query"
import { read } from "./client"

/** As Medusa names them, such as `gateway_payment:refund`. */
export type Ability = `${string}:${string}`

/**
 * What the admin's role allows, which the routes check again. Without Medusa's role-based access control, which is
 * off unless the shop turned it on, every admin may do everything.
 *
 * @returns `may` is undefined until it is known, so that nothing is offered that is taken away a moment later
 */
export function useAbilities(): { may: ((ability: Ability) => boolean) | undefined } {
  const { data } = useQuery({
    queryKey: ["regional-payments", "abilities"],
    queryFn: readAbilities,
    staleTime: 60_000,
  })
  return { may: data && ((ability) => data === "all" || data.includes(ability)) }
}

async function readAbilities(): Promise<"all" | string[]> {
  const { feature_flags } = await read<{ feature_flags: Record<string, boolean> }>(
    "/admin/feature-flags"
  )
  if (feature_flags.rbac !== true) {
    return "all"
  }
  const { permissions } = await read<{ permissions: string[] }>("/admin/rbac/me/permissions")
  return permissions
}

/** The id of the admin who looks at the page; undefined until it is known. */
export function useMyId(): string | undefined {
  const { data } = useQuery({
    queryKey: ["regional-payments", "me"],
    queryFn: async () =>
      (await read<{ user: { id: string } }>("/admin/users/me", { fields: "id" })).user.id,
    staleTime: 5 * 60_000,
  })
  return data
}
