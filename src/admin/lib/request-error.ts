import type { TFunction } from "i18next"
import type { RefusalCode } from "../../shared/refusals"
import { codedWords } from "./coded-words"

/** Why the shop's API did not do what it was asked for, as it answered. */
export class RequestError extends Error {
  constructor(
    /** The server's own sentence, which is English. */
    message: string,
    /** 0 where there was no answer. */
    readonly status: number,
    /** One of this package's or of Medusa's own; see `src/shared/refusals.ts`. */
    readonly code?: string,
    /** The values that the code's words name. */
    readonly details: Readonly<Record<string, unknown>> = {}
  ) {
    super(message)
  }

  static async of(answer: Response): Promise<RequestError> {
    const body: unknown = await answer.json().catch(() => undefined)
    const { message, code, details } = fieldsOf(body)
    return new RequestError(
      typeof message === "string" ? message : answer.statusText,
      answer.status,
      typeof code === "string" ? code : undefined,
      fieldsOf(details)
    )
  }
}

function fieldsOf(value: unknown): Partial<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {}
}

/** For what a browser throws where no answer came: each has another sentence for it. */
export function unreachable(error: unknown): never {
  throw new RequestError(messageOf(error), 0, "unreachable")
}

/** The admin has to log in again; nothing was done. */
export function isLoggedOut(error: unknown): boolean {
  return error instanceof RequestError && error.status === 401
}

/** The admin's role does not allow it. */
export function isForbidden(error: unknown): boolean {
  return error instanceof RequestError && error.status === 403
}

/** What the person saw is not how things stand any more; nothing was done. */
export function isConflict(error: unknown): boolean {
  return error instanceof RequestError && error.status === 409
}

export function hasCode(error: unknown, code: RefusalCode): boolean {
  return error instanceof RequestError && error.code === code
}

/**
 * Why it was refused: in the admin's language where its code has words and all that these name is there, else the
 * server's sentence.
 */
export function reasonOf(error: unknown, t: TFunction<string>, language: string): string {
  return (
    (error instanceof RequestError ? inWords(error, t, language) : undefined) ?? messageOf(error)
  )
}

function inWords(
  { code, details }: RequestError,
  t: TFunction<string>,
  language: string
): string | undefined {
  return code === undefined
    ? undefined
    : codedWords(
        [
          `refusals.${code}`,
          `approvals.whyNot.${code}`,
          `exceptions.refusals.${code}`,
          `imports.faults.${code}`,
        ],
        details,
        t,
        language
      )
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
