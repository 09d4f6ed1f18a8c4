import type { IncomingMessage } from "node:http"
import type { SandboxRequest } from "./http-message"

export class BodyTooLargeError extends Error {}

/** @throws {BodyTooLargeError} when more than `limit` bytes come. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    // Read to its end, but not kept: leaving the loop would drop the connection and the refusal with it.
    if (size <= limit) chunks.push(bytes)
  }
  if (size > limit) throw new BodyTooLargeError(`The request body is larger than ${limit} bytes`)
  return Buffer.concat(chunks)
}

/** The media type alone, in lower case: `Application/JSON; charset=utf-8` is `application/json`. */
export function mediaType(request: Pick<SandboxRequest, "headers">): string {
  const [type = ""] = (request.headers["content-type"] ?? "").split(";")
  return type.trim().toLowerCase()
}

export type Form =
  | { readonly fields: Readonly<Record<string, string>> }
  /** A field that came twice has no one meaning: a strict gateway must refuse it. */
  | { readonly repeated: string }

export function parseForm(body: Buffer): Form {
  const fields = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(body.toString("utf8"))) {
    if (fields.has(name)) return { repeated: name }
    fields.set(name, value)
  }
  return { fields: Object.fromEntries(fields) }
}

/** `undefined` where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
