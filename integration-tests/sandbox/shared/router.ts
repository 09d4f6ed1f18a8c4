import type { Reply, SandboxRequest } from "./http-message"

export interface Route {
  readonly method: "GET" | "POST" | "DELETE"
  /** `:name` stands for one segment. */
  readonly path: string
  /** For gateways whose pages write a path in both ways; faults and refusals know it by `path` alone. */
  readonly mayEndWithSlash?: boolean
  /** What faults know a call by, for gateways that make several calls by one path; `path` unless told. */
  readonly faultPath?: (request: SandboxRequest) => string
  readonly handle: (request: SandboxRequest) => Reply | Promise<Reply>
}

export type Match =
  | {
      readonly kind: "found"
      readonly route: Route
      readonly params: Readonly<Record<string, string>>
    }
  | { readonly kind: "wrong-method" }
  | { readonly kind: "unknown-path" }

export function matchRoute(routes: readonly Route[], method: string, path: string): Match {
  let pathIsKnown = false
  for (const route of routes) {
    const params = matchPath(route.path, route.mayEndWithSlash ? withoutLastSlash(path) : path)
    if (params === undefined) continue
    if (route.method === method) return { kind: "found", route, params }
    pathIsKnown = true
  }
  return { kind: pathIsKnown ? "wrong-method" : "unknown-path" }
}

function withoutLastSlash(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/")
  const given = path.split("/")
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? ""
    if (!segment.startsWith(":")) {
      if (segment !== value) return undefined
      continue
    }
    const decoded = decodeSegment(value)
    if (!decoded) return undefined
    params[segment.slice(1)] = decoded
  }
  return params
}

function decodeSegment(value: string): string | undefined {
  try {
    return decodeURIComponent(value)
  } catch {
    return undefined
  }
}
