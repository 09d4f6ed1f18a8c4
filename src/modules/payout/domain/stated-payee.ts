import { comparableText } from "../../../gateways/shared/text"
import { lastPlaces } from "../crypto/accounts"
import { identifyingNumber } from "../crypto/digests"

/** What a line of a file says of whom it pays, for whoever reads the file. */
export type StatedPayee = { beneficiary_name?: string; account_number?: string }

/** Whom it pays. @property account_number undefined where it is not known here */
type KnownPayee = { id: string; name: string; account_number: string | undefined }

/**
 * Where a line names somebody else than its beneficiary: the row has slipped, or the id is another one's. Accounts are
 * told by their last places.
 */
export function statedMismatches(stated: StatedPayee, payee: KnownPayee): string[] {
  const problems: string[] = []
  const { beneficiary_name, account_number } = stated
  if (beneficiary_name !== undefined && !isSameName(beneficiary_name, payee.name)) {
    problems.push(
      `beneficiary_name: "${beneficiary_name}" is not the name of ${payee.id}, which is "${payee.name}". Has the row ` +
        "slipped, or is the id another one's?"
    )
  }
  const ofAccount =
    account_number === undefined ? undefined : accountMismatch(account_number, payee)
  return ofAccount === undefined ? problems : [...problems, `account_number: ${ofAccount}`]
}

/** In whatever form of Unicode, case and blanks, and with a typewriter's apostrophes and dashes or a printer's. */
function isSameName(one: string, other: string): boolean {
  return plainName(one) === plainName(other)
}

function plainName(name: string): string {
  return comparableText(name)
    .replace(/[‘’ʼ`´′]/g, "'")
    .replace(/\p{Pd}/gu, "-")
    .replace(/[“”„«»]/g, '"')
}

function accountMismatch(
  stated: string,
  { id, account_number: known }: KnownPayee
): string | undefined {
  if (known === undefined) {
    return `the account of ${id} is not known here, so that it can't be compared: leave the cell empty`
  }
  const [one, other] = [withoutSeparators(stated), withoutSeparators(known)]
  if (one === other || isSamePhone(stated, known)) {
    return undefined
  }
  const shown = `"${lastPlaces(stated)}"`
  return one.replace(/^0+/, "") === other.replace(/^0+/, "")
    ? `${shown} is the account of ${id} but for the zeros in front, which a spreadsheet takes away. Format the column ` +
        "as text, and type it anew"
    : `${shown} is not the account of ${id}, which is "${lastPlaces(known)}". Has the row slipped, or is the id ` +
        "another one's?"
}

function withoutSeparators(number: string): string {
  return number
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
}

/** One of them with its country's prefix: `+92 300 1234567` is `0300-1234567`. */
function isSamePhone(one: string, other: string): boolean {
  const isInternational = [one, other].some((number) => /^\s*(?:\+|00)[1-9]/.test(number))
  return isInternational && identifyingNumber(one) === identifyingNumber(other)
}
