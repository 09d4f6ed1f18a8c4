import { printableText } from "../../../gateways/shared/text"
import type { CodedReason } from "../../../shared/reasons"
import type { PayoutErrorText } from "../provider"

/** Why something is so, or was done: a person's own words, or the shop's own, which have a code for other languages. */
export type Reason = { text: string; code?: undefined } | CodedText

/** A sentence of the shop's own, with its code. */
export type CodedText = {
  /** English, with `words` in it. */
  text: string
  /** A person's or a gateway's, which are never put into another language. */
  words?: string
} & CodedReason

/** Of what a person says, who may say nothing. */
export function personsWords(text: string | null | undefined): Reason | null {
  return text ? { text } : null
}

/** What a person says of why the shop's own code did it: behind the sentence. */
export function withPersonsWords(
  reason: CodedText,
  words: string | null | undefined,
  between: string
): CodedText {
  return words ? { ...reason, text: `${reason.text}${between}${words}`, words } : reason
}

/** A reason of ours with the gateway's code and words behind it. */
export function withGatewayError(reason: CodedText, gatewayError: PayoutErrorText): CodedText {
  const words = gatewayWords(gatewayError)
  const text = sentenceWithGatewayError(reason.text, gatewayError)
  return words === undefined ? reason : { ...reason, text, words }
}

export function sentenceWithGatewayError(sentence: string, gatewayError: PayoutErrorText): string {
  const words = gatewayWords(gatewayError)
  return words === undefined ? sentence : `${sentence} (${words})`
}

/** A gateway's code and words on one line; undefined where it said none. */
function gatewayWords(gatewayError: PayoutErrorText): string | undefined {
  const { code, message } = gatewayErrorOf(gatewayError)
  const said = [code, message].filter((part) => part !== undefined).join(": ")
  return said === "" ? undefined : said
}

/** The gateway's own words, fit for a row. */
export function gatewayErrorOf({ code, message }: PayoutErrorText): {
  code?: string
  message?: string
} {
  return { code: printableText(code, 80), message: printableText(message, 400) }
}

/** The columns of a step; of a person's own words the text alone. */
export function reasonColumns(reason: Reason | null) {
  const { text, code, details } = stored(reason)
  return { reason: text, reason_code: code, reason_details: details }
}

/** The same of an audit line. */
export function noteColumns(note: Reason | null) {
  const { text, code, details } = stored(note)
  return { note: text, note_code: code, note_details: details }
}

function stored(reason: Reason | null) {
  if (reason === null || reason.code === undefined) {
    return { text: reason?.text ?? null, code: null, details: null }
  }
  const { text, code, details, words } = reason
  return { text, code, details: { ...details, ...(words === undefined ? {} : { words }) } }
}
