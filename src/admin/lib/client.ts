import Medusa from "@medusajs/js-sdk"
import { RequestError, unreachable } from "./request-error"

/** How the dashboard around these pages reaches the shop's own API. */
const baseUrl = __BACKEND_URL__ || "/"
const authType = __AUTH_TYPE__ ?? "session"

/** Knows where the dashboard keeps the admin's token. */
const sdk = new Medusa({
  baseUrl,
  auth: { type: authType, jwtTokenStorageKey: __JWT_TOKEN_STORAGE_KEY__ || undefined },
})

type Query = Record<string, string | number | boolean | readonly string[] | undefined>

export async function read<Answer>(path: string, query: Query = {}): Promise<Answer> {
  return await answerOf<Answer>(await request(path, { query }))
}

export async function send<Answer>(path: string, body: object = {}): Promise<Answer> {
  return await answerOf<Answer>(await request(path, { method: "POST", body }))
}

/**
 * Saves what a route of an export answers as a file.
 *
 * @throws RequestError where there is none; a file that breaks off in the middle is not saved
 */
export async function download(path: string, query: Query, fileName: string): Promise<void> {
  await save(await request(path, { query, accept: "text/csv" }), fileName)
}

/** The same of a route that makes a file of what it is sent. */
export async function downloadFor(path: string, body: object, fileName: string): Promise<void> {
  await save(await request(path, { method: "POST", body, accept: "text/csv" }), fileName)
}

type Wanted = { method?: "GET" | "POST"; query?: Query; body?: object; accept?: string }

/**
 * As the dashboard's own SDK asks, whose error keeps the message of an answer alone: here its code stays, by which pages
 * say in the admin's language why they were refused.
 *
 * @throws RequestError for any answer that is no success, and where there is none
 */
async function request(
  path: string,
  { method = "GET", query = {}, body, accept = "application/json" }: Wanted
): Promise<Response> {
  const token = authType === "jwt" ? await sdk.client.getToken() : undefined
  const answer = await fetch(addressOf(path, query), {
    method,
    credentials: authType === "session" ? "include" : "omit",
    headers: {
      accept,
      "content-type": "application/json",
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch(unreachable)
  if (!answer.ok) {
    throw await RequestError.of(answer)
  }
  return answer
}

/** A list is written as `state[0]=open&state[1]=closed`, and what is undefined not at all. */
function addressOf(path: string, query: Query): URL {
  const base = new URL(baseUrl, window.location.origin)
  const address = new URL(`${base.pathname.replace(/\/$/, "")}${path}`, base.origin)
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) {
      value.forEach((one, place) => address.searchParams.set(`${name}[${place}]`, String(one)))
    } else if (value !== undefined) {
      address.searchParams.set(name, String(value))
    }
  }
  return address
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  return (await response.json()) as Answer
}

async function save(answer: Response, fileName: string): Promise<void> {
  saveBlob(await answer.blob(), fileName)
}

/** Saves what a route answered as a file that people can read. */
export function saveAsJson(answer: object, fileName: string): void {
  saveBlob(new Blob([JSON.stringify(answer, null, 2)], { type: "application/json" }), fileName)
}

function saveBlob(blob: Blob, fileName: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement("a")
  link.href = address
  link.download = fileName
  link.click()
  URL.revokeObjectURL(address)
}
