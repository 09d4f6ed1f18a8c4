import { jsonReply, type Reply, type SandboxRequest } from "../shared/http-message"
import type { Refusal } from "./refusal"
import { timestamp } from "./timestamp"

export interface Result {
  readonly code: string
  readonly description: string
}

/** "JSON or XML string (depending on Accept passed in request header)". */
export function replyTo(request: SandboxRequest, status: number, answer: object): Reply {
  // Assumption: whoever names neither gets XML, so that a client must ask for the form that it reads.
  if (/\bapplication\/json\b/i.test(request.headers.accept ?? "")) return jsonReply(status, answer)
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>${element("response", answer)}`,
  }
}

export function refusalAnswer({ code, message }: Refusal, now: number): object {
  return {
    result: { code, description: message } satisfies Result,
    timestamp: timestamp(now),
  }
}

function element(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join("")
  const content =
    typeof value === "object" && value !== null
      ? Object.entries(value)
          .map(([key, item]) => element(key, item))
          .join("")
      : escapeXml(String(value))
  return `<${name}>${content}</${name}>`
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}
