/** Reads gateways' answers by a schema, and holds the fields that several gateways write alike. */

import { isUtf8 } from "node:buffer"
import { z } from "zod"
import { type GatewayCallName, GatewayUnknownError } from "./errors"
import { parseExactJson, utf8Text } from "./json"
import type { GatewayAnswer } from "./request"
import { tryDecimal } from "./money"
import { printableText } from "./text"

/**
 * The answer's JSON in the schema's shape. Build the schema once, not per answer. Numbers that a
 * double can't hold exactly come as text (see `parseExactJson`).
 *
 * The content type need not be JSON: many gateways send JSON as text/html.
 *
 * @throws GatewayUnknownError (`unreadable`), which names the first field that is wrong, never
 * its value
 */
export function readJson<Schema extends z.ZodType>(
  answer: GatewayAnswer,
  schema: Schema,
  call: GatewayCallName
): z.output<Schema> {
  const charset = foreignCharset(answer)
  if (charset !== undefined) {
    throw unreadable(answer, call, `it is written in ${charset}, not in UTF-8`)
  }
  if (!isUtf8(answer.body)) {
    throw unreadable(answer, call, "it is not UTF-8 text")
  }
  const json = parsed(answer.body)
  if (json === undefined) {
    throw answer.body.length === 0
      ? unreadable(answer, call, "it is empty")
      : unreadable(answer, call, `it is not JSON${typed(answer)}`, { isForeign: true })
  }
  const result = schema.safeParse(json.value)
  if (!result.success) {
    const [issue] = result.error.issues
    const detail = issue ? `${pathText(issue.path)}: ${issue.code}` : "it has another shape"
    throw unreadable(answer, call, detail)
  }
  return result.data
}

function unreadable(
  { httpStatus }: GatewayAnswer,
  call: GatewayCallName,
  detail: string,
  { isForeign = false } = {}
): GatewayUnknownError {
  return new GatewayUnknownError({ ...call, reason: "unreadable", httpStatus, detail, isForeign })
}

function parsed(body: Buffer): { value: unknown } | undefined {
  try {
    return { value: parseExactJson(utf8Text(body)) }
  } catch {
    return undefined
  }
}

const CHARSET = /;\s*charset\s*=\s*"?([^";\s]+)/i

function foreignCharset(answer: GatewayAnswer): string | undefined {
  const charset = CHARSET.exec(answer.headers?.["content-type"] ?? "")?.[1]
  return charset === undefined || /^(?:utf-?8|us-ascii)$/i.test(charset)
    ? undefined
    : (printableText(charset, 30) ?? "another charset")
}

function typed(answer: GatewayAnswer): string {
  const type = printableText(answer.headers?.["content-type"], 60)
  return type === undefined ? "" : ` but ${type}`
}

/** `data.items[0].amount`; a key may be a stranger's words, so each is cut and cleaned. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((key) =>
      typeof key === "number" ? `[${key}]` : `.${printableText(String(key), 40) ?? "?"}`
    )
    .join("")
    .replace(/^\./, "")
  return text === "" ? "the whole of it" : text
}

/**
 * What a gateway's status or code means, by the table that lists them all. Only rows of the table count: a
 * text such as `constructor`, which every JavaScript object knows, means nothing.
 */
export function meaningOf<Meaning>(
  table: Readonly<Record<string, Meaning>>,
  rawStatus: string | null | undefined
): Meaning | undefined {
  return typeof rawStatus === "string" && Object.hasOwn(table, rawStatus)
    ? table[rawStatus]
    : undefined
}

/** An amount in major units, written as a text or as a number; every digit of it counts. */
export const amountField = z.union([z.string(), z.number()]).transform((value, context) => {
  const amount = tryDecimal(value)
  if (amount === undefined) {
    context.addIssue({ code: "custom", message: "is not an amount" })
    return z.NEVER
  }
  return amount
})

export const webAddress = z
  .string()
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), {
    error: "must be a web address",
  })

/** A code or a sentence of an error; what is neither is taken as absent. */
export const errorField = z.union([z.string(), z.number()]).nullish().catch(undefined)

/** An object of fields, of JSON or of a form. */
export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

export function isTextOrAbsent(value: unknown): value is string | null | undefined {
  return typeof value === "string" || value === null || value === undefined
}

/**
 * A field of a webhook, as `optionalText` would have it and where that refuses it undefined. Webhooks are read before
 * it is known who sent them, and a schema costs ten times as much.
 */
export function textIn(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value
  return typeof text === "string" ? text.trim() || undefined : undefined
}

/** Numbers come as text or as numbers; an empty text stands for nothing. */
export const optionalText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? "" : String(value).trim()))
  .transform((value) => (value === "" ? undefined : value))
