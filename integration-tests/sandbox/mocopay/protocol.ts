import { createHash, timingSafeEqual } from "node:crypto"
import { z } from "zod"
import { readFields as readFieldsOf } from "../shared/fields"
import { jsonReply, type Reply, type Route, type SandboxRequest } from "../shared/server"
import type { MocopayContext, MocopayCredentials, MocopaySettings } from "./sandbox"

export const text = z.string().regex(/\S/, "must not be empty")

interface ApiCall<Shape extends z.ZodRawShape> {
  readonly method: "GET" | "POST"
  readonly path: string
  readonly parameters: z.ZodObject<Shape>
  /** The JSON of the answer. @throws {Refusal} */
  readonly answer: (parameters: z.output<z.ZodObject<Shape>>) => object
}

/** One call of MoCoPay's API: parameters in the query whatever the method, signed, answered with bare JSON. */
export function apiRoute<Shape extends z.ZodRawShape>(
  { credentials, settings }: Pick<MocopayContext, "credentials" | "settings">,
  call: ApiCall<Shape>
): Route {
  return {
    method: call.method,
    path: call.path,
    mayEndWithSlash: true,
    handle: (request): Reply => {
      try {
        requireJsonAccepted(request)
        if (request.body.length > 0) throw new Refusal("BODY_NOT_EMPTY")
        checkSignature(request, credentials, settings())
        return jsonReply(200, call.answer(readParameters(request.query, call.parameters)))
      } catch (error) {
        if (error instanceof Refusal) return refusalReply(error)
        throw error
      }
    },
  }
}

/** The vendor's examples send `Accept: application/json, application/*+json`. */
function requireJsonAccepted({ headers }: SandboxRequest): void {
  const types = (headers.accept ?? "").split(",").map((type) => type.split(";", 1)[0]?.trim())
  if (!types.includes("application/json")) throw new Refusal("NOT_ACCEPTABLE")
}

function readParameters<Shape extends z.ZodRawShape>(
  query: URLSearchParams,
  schema: z.ZodObject<Shape>
): z.output<z.ZodObject<Shape>> {
  const given = new Map<string, string>()
  for (const [name, value] of query) {
    if (given.has(name)) throw new Refusal("PARAM_INVALID", `${name} was sent twice`)
    if (name !== "signature") given.set(name, value)
  }
  return readFieldsOf(
    Object.fromEntries(given),
    schema,
    (problem, detail) => new Refusal(`PARAM_${problem}`, detail)
  )
}

/**
 * MoCoPay, Calculating signature: the header `Signature`, or the parameter `signature` in its place.
 * Assumption: the parameter holds what stands behind the header's prefix, and one of the two must be there alone.
 *
 * @throws {Refusal}
 */
function checkSignature(
  request: SandboxRequest,
  { apiKey, secret }: MocopayCredentials,
  { signaturePrefix, signatureAlgorithm }: MocopaySettings
): void {
  const header = request.headers["signature"]
  const [parameter, ...others] = request.query.getAll("signature")
  if (header === undefined && parameter === undefined) throw new Refusal("SIGNATURE_MISSING")
  const expected = `${apiKey}:${sign(secret, request.target, signatureAlgorithm)}`
  const isValid =
    parameter === undefined
      ? isSame(header, signaturePrefix + expected)
      : header === undefined && others.length === 0 && isSame(parameter, expected)
  if (!isValid) throw new Refusal("SIGNATURE_INVALID")
}

function isSame(given: string | readonly string[] | undefined, expected: string): boolean {
  if (typeof given !== "string") return false
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** Assumption: MD5, which the vendor's text names; its two examples of a header carry 20 bytes, the size of SHA-1. */
export type SignatureAlgorithm = "md5" | "sha1"

/**
 * MoCoPay, Calculating signature: secret, request URI, `?`, and the parameters sorted by name in strict ASCII order;
 * base64 of the digest.
 *
 * Assumption: names and values are signed as they stand in the address, percent-encoding and all.
 *
 * @param target path and query exactly as they were sent
 */
export function sign(
  secret: string,
  target: string,
  algorithm: SignatureAlgorithm = "md5"
): string {
  const [path, query] = split(target)
  const signed = query
    .split("&")
    .filter((parameter) => parameter !== "" && nameOf(parameter) !== "signature")
    .sort((one, other) => compareAscii(nameOf(one), nameOf(other)))
    .join("&")
  return createHash(algorithm).update(`${secret}${path}?${signed}`, "utf8").digest("base64")
}

function split(target: string): readonly [path: string, query: string] {
  const mark = target.indexOf("?")
  return mark === -1 ? [target, ""] : [target.slice(0, mark), target.slice(mark + 1)]
}

function nameOf(parameter: string): string {
  const [name = ""] = parameter.split("=", 1)
  return name
}

/** Not localeCompare: capitals come before small letters. */
function compareAscii(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

export function refusalReply({ status, code, message }: Refusal): Reply {
  return jsonReply(status, { code, message })
}

interface RefusalCodeRow {
  /** HTTP status of the answer. */
  readonly status: number
  readonly message: string
}

/**
 * Assumption: MoCoPay publishes neither codes nor HTTP statuses nor the shape of a refusal, so all of these are
 * invented: an HTTP status that says the kind, and JSON with a code and words. Above all that verifyPayment answers
 * 404 for a session, buyer or transaction it does not know.
 */
const refusalCodes = {
  PATH_NOT_FOUND: { status: 404, message: "No such path" },
  METHOD_NOT_ALLOWED: { status: 405, message: "initPayment is a GET and verifyPayment is a POST" },
  BODY_TOO_LARGE: { status: 413, message: "The request body is too large" },
  BODY_NOT_EMPTY: {
    status: 400,
    message: "Parameters belong into the query; the body must be empty",
  },
  NOT_ACCEPTABLE: { status: 406, message: "The header Accept must name application/json" },
  SIGNATURE_MISSING: { status: 401, message: "The signature is missing" },
  SIGNATURE_INVALID: { status: 401, message: "The signature is wrong" },
  PARAM_MISSING: { status: 400, message: "A mandatory parameter is missing or empty" },
  PARAM_INVALID: { status: 400, message: "A parameter is not valid" },
  PARAM_UNKNOWN: { status: 400, message: "A parameter is not known" },
  PRODUCT_NOT_FOUND: { status: 404, message: "There is no product with this pid" },
  SESSION_NOT_FOUND: { status: 404, message: "There is no such payment session" },
} as const satisfies Record<string, RefusalCodeRow>

export type RefusalCode = keyof typeof refusalCodes

/** MoCoPay's "no". */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly status: number

  constructor(code: RefusalCode, detail?: string) {
    const { message, status } = refusalCodes[code]
    super(detail === undefined ? message : `${message}: ${detail}`)
    this.code = code
    this.status = status
  }
}

/**
 * Fifteen digits at most: so many a JSON number keeps exactly, and MoCoPay's amounts are JSON numbers.
 * Assumption: up to three decimal places; the vendor shows whole numbers only.
 */
const AMOUNT = /^(0|[1-9]\d{0,11})(?:\.(\d{1,3}))?$/

/** In thousandths of the major unit; `undefined` where the text is no such decimal. */
export function parseThousandths(text: string): bigint | undefined {
  const [, whole, decimals = ""] = AMOUNT.exec(text) ?? []
  return whole === undefined ? undefined : BigInt(whole + decimals.padEnd(3, "0"))
}

/** @throws {Error} where the text is no positive amount. */
export function thousandths(text: string): bigint {
  const amount = parseThousandths(text)
  if (amount !== undefined && amount > 0n) return amount
  throw new Error(`"${text}" is no positive decimal of at most three places, such as 10.50`)
}

/** As it stands in JSON. */
export function wireNumber(amount: bigint): number {
  return Number(decimalText(amount))
}

/** With as many decimals as it needs: `"10.5"`. */
export function decimalText(amount: bigint): string {
  const digits = String(amount).padStart(4, "0")
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`.replace(/\.?0+$/, "")
}
