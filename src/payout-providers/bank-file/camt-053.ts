import { XMLParser, XMLValidator } from "fast-xml-parser"
import { z } from "zod"
import { tryDecimal } from "../../gateways/shared/money"
import { printableText } from "../../gateways/shared/text"
import {
  type BankStatement,
  type StatementEntry,
  StatementProblem,
} from "../../modules/payout/provider"
import { bankIdentifier, plainIban } from "./account-numbers"

/** ISO 20022 camt.053.001.08, BankToCustomerStatement: what was booked on an account. */
const camt053 = "camt.053.001.08"

/** In characters; a statement of ten thousand entries has less. */
const largestStatement = 16_000_000
/** How deep the elements of a statement lie at most, and some. */
const deepestElement = 30
/** `&amp;` and the like in the whole of a statement; there are no others, because there is no DTD. */
const mostEntities = 200_000

/** A statement is uploaded by a person: nothing in it is expanded, fetched or guessed at. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  removeNSPrefix: true,
  maxNestedTags: deepestElement,
  processEntities: { enabled: true, maxTotalExpansions: mostEntities, maxEntityCount: 0 },
  isArray: (name) => ["Stmt", "Ntry", "NtryDtls", "TxDtls", "AddtlInf"].includes(name),
})

/** An element that the schema lets be empty comes as the empty text. */
function element<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess((value) => (value === "" ? {} : value), z.object(shape))
}

const text = z.string()
const money = z.object({ "#text": text, "@Ccy": text })
const debitOrCredit = z.enum(["DBIT", "CRDT"])
const date = element({ Dt: text.optional(), DtTm: text.optional() })
const account = element({
  Id: element({ IBAN: text.optional(), Othr: element({ Id: text.optional() }).optional() }),
})
const coded = element({ Cd: text.optional(), Prtry: text.optional() })

const transactionDetails = element({
  Refs: element({ EndToEndId: text.optional(), AcctSvcrRef: text.optional() }).optional(),
  Amt: money.optional(),
  CdtDbtInd: debitOrCredit.optional(),
  AmtDtls: element({ TxAmt: element({ Amt: money.optional() }).optional() }).optional(),
  RltdPties: element({ CdtrAcct: account.optional() }).optional(),
  RtrInf: element({ Rsn: coded.optional(), AddtlInf: z.array(text).optional() }).optional(),
})

const entry = element({
  Amt: money,
  CdtDbtInd: debitOrCredit,
  RvslInd: text.optional(),
  Sts: coded,
  BookgDt: date.optional(),
  AcctSvcrRef: text.optional(),
  NtryDtls: z.array(element({ TxDtls: z.array(transactionDetails).optional() })).optional(),
})

const document = z.object({
  Document: z.object({
    BkToCstmrStmt: element({
      Stmt: z.array(element({ Id: text, Acct: account, Ntry: z.array(entry).optional() })),
    }),
  }),
})

/** Looked for in the text, because the parser takes prefixes and their namespaces away. */
const namespace = /["']urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.\d{3}\.\d{3}\.\d{2})["']/

type Entry = z.infer<typeof entry>
type TransactionDetails = z.infer<typeof transactionDetails>

/**
 * Reads a statement of the debtor's account.
 *
 * @throws StatementProblem for what is no such statement, or one of another account; it never holds what it says
 */
export function readCamt053(xml: string, debtor: { iban: string }): BankStatement {
  const tree = parse(xml)
  const kind = namespace.exec(xml)?.[1]
  if (kind !== undefined && kind !== camt053) {
    throw new StatementProblem(
      `This is a message of the kind ${kind}, and a ${camt053} is read. Ask the bank for that one`
    )
  }
  const parsed = document.safeParse(tree)
  if (!parsed.success || kind === undefined) {
    const place = printableText(parsed.error?.issues[0]?.path.join("/"), 120) ?? "its namespace"
    throw new StatementProblem(
      `This is no statement of the kind ${camt053}: ${place} is missing or not what the standard says. Export the ` +
        "statement anew from the bank's web bank"
    )
  }
  const statements = parsed.data.Document.BkToCstmrStmt.Stmt
  const ours = plainIban(debtor.iban)
  for (const { Acct } of statements) {
    const { IBAN, Othr } = Acct.Id
    if (plainIban(IBAN ?? Othr?.Id ?? "") !== ours) {
      throw new StatementProblem(
        "This is the statement of another account than the one in the option debtor.iban of this provider. Nothing " +
          "was read of it"
      )
    }
  }
  return {
    ids: statements.map(({ Id }) => bankIdentifier(Id) ?? ""),
    entries: statements
      .flatMap(({ Ntry = [] }) => Ntry)
      .flatMap((one, index) => entriesOf(one, index + 1)),
  }
}

/** @throws StatementProblem */
function parse(xml: string): unknown {
  if (xml.length > largestStatement) {
    throw new StatementProblem("The file is too large for a statement. Export fewer days at once")
  }
  // Refused before anything is parsed: a DTD is what entities come from.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) {
    throw new StatementProblem(
      "The file has a DTD, which no bank's statement has. Nothing was read of it"
    )
  }
  const wellFormed = XMLValidator.validate(xml)
  if (wellFormed !== true) {
    throw new StatementProblem(
      `This is not XML: something is wrong in line ${wellFormed.err.line}. Upload the file as the bank gave it`
    )
  }
  try {
    const parsed: unknown = parser.parse(xml)
    return parsed
  } catch {
    // Its message may quote the file.
    throw new StatementProblem(
      "The file can't be read: its elements are too deep or have names that no statement has"
    )
  }
}

/** An entry of a batch has a part for each transfer; one without parts tells nothing of whose it is. */
function entriesOf(booked: Entry, position: number): StatementEntry[] {
  const details = (booked.NtryDtls ?? []).flatMap(({ TxDtls = [] }) => TxDtls)
  const isOnlyOne = details.length <= 1
  return (details.length === 0 ? [undefined] : details).map((part) => ({
    position,
    reference: bankIdentifier(part?.Refs?.EndToEndId),
    ...amountOf(part, isOnlyOne ? booked.Amt : undefined),
    kind: kindOf(booked, part),
    account: plainIban(part?.RltdPties?.CdtrAcct?.Id.IBAN ?? "") || null,
    // One transfer that stands in two bookings is told by the entry's, too.
    bankReference: bankIdentifier(part?.Refs?.AcctSvcrRef ?? booked.AcctSvcrRef),
    bookedOn: booked.BookgDt?.Dt ?? booked.BookgDt?.DtTm?.slice(0, 10) ?? null,
    reason: reasonOf(part),
  }))
}

/** The amount of the transfer itself; the whole entry's, where it has no other part. */
function amountOf(
  part: TransactionDetails | undefined,
  whole: z.infer<typeof money> | undefined
): Pick<StatementEntry, "amount" | "currencyCode"> {
  const said = part?.Amt ?? part?.AmtDtls?.TxAmt?.Amt ?? whole
  return {
    amount: tryDecimal(said?.["#text"]) ?? null,
    currencyCode: said?.["@Ccy"].toLowerCase() ?? null,
  }
}

function kindOf({ Sts, RvslInd, CdtDbtInd }: Entry, part: TransactionDetails | undefined) {
  if (part?.RtrInf !== undefined || RvslInd === "true" || RvslInd === "1") {
    return "returned"
  }
  if (Sts.Cd !== "BOOK") {
    // Pending or for information: it can still be taken back.
    return "not_booked"
  }
  return (part?.CdtDbtInd ?? CdtDbtInd) === "DBIT" ? "paid" : "received"
}

/** Why the money came back, in the bank's own code and words. */
function reasonOf(part: TransactionDetails | undefined): string | null {
  const { Rsn, AddtlInf = [] } = part?.RtrInf ?? {}
  const said = [Rsn?.Cd ?? Rsn?.Prtry, ...AddtlInf].filter((one) => one !== undefined)
  return printableText(said.join(" "), 200) ?? null
}
