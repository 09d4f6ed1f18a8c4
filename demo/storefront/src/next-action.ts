/** What the shopper must do next, as a provider says it in `session.data.next_action`. */
export type NextAction = { type: "redirect"; url: string } | { type: "none" }

/** `null` for what this page can't show. */
export function readNextAction(data: Record<string, unknown> | undefined): NextAction | null {
  const action = data?.next_action
  if (action === undefined || action === null) return { type: "none" }
  if (typeof action !== "object" || !("type" in action)) return null
  if (action.type === "none") return { type: "none" }
  if (action.type === "redirect" && "url" in action && typeof action.url === "string") {
    return { type: "redirect", url: action.url }
  }
  return null
}
