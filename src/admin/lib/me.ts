import { useQuery } from "@tanstack/react-query"
import { read } from "./client"

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
