import Medusa, { FetchError } from "@medusajs/js-sdk"

/** The shop's own API, as the dashboard around these pages reaches it. */
const client = new Medusa({
  baseUrl: __BACKEND_URL__ ?? "/",
  auth: {
    type: __AUTH_TYPE__ ?? "session",
    jwtTokenStorageKey: __JWT_TOKEN_STORAGE_KEY__ || undefined,
  },
})

type Query = Record<string, string | number | boolean | readonly string[] | undefined>

export async function read<Answer>(path: string, query: Query = {}): Promise<Answer> {
  return await client.client.fetch<Answer>(path, { query })
}

export async function send<Answer>(path: string, body: object = {}): Promise<Answer> {
  return await client.client.fetch<Answer>(path, { method: "POST", body })
}

/**
 * Saves what a route of an export answers as a file.
 *
 * @throws FetchError where there is none; a file that breaks off in the middle is not saved
 */
export async function download(path: string, query: Query, fileName: string): Promise<void> {
  await save(await client.client.fetch<Response>(path, { query, headers: asCsv }), fileName)
}

/** The same of a route that makes a file of what it is sent. */
export async function downloadFor(path: string, body: object, fileName: string): Promise<void> {
  await save(
    await client.client.fetch<Response>(path, { method: "POST", body, headers: asCsv }),
    fileName
  )
}

const asCsv = { accept: "text/csv" }

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

/** The admin has to log in again; nothing was done. */
export function isLoggedOut(error: unknown): boolean {
  return error instanceof FetchError && error.status === 401
}

/** The admin's role does not allow it. */
export function isForbidden(error: unknown): boolean {
  return error instanceof FetchError && error.status === 403
}

/** What the person saw is not how things stand any more; nothing was done. */
export function isConflict(error: unknown): boolean {
  return error instanceof FetchError && error.status === 409
}

/** The server's own sentence. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
