import { XMLBuilder } from "fast-xml-parser"
import type { PayoutFileContent, PayoutFileInput, PayoutOrder } from "../../modules/payout/provider"
import { plainBic, plainIban } from "./account-numbers"
import { sepaText } from "./sepa-text"

/** ISO 20022 pain.001.001.09, CustomerCreditTransferInitiation: a SEPA credit transfer for each payout. */
export const pain001 = "pain.001.001.09"

export const longestName = 70
export const longestPurpose = 140
/** Of a SEPA credit transfer, by the scheme's rules. */
export const largestAmount = "999999999.99"

/** The account that is debited. */
export type Debtor = { name: string; iban: string; bic?: string | undefined }

export type Pain001Options = {
  debtor: Debtor
  /** Whether the account shows the file as one debit; left out, the bank does what was agreed with it. */
  batchBooking?: boolean | undefined
}

const builder = new XMLBuilder({ ignoreAttributes: false, format: true, suppressEmptyNode: true })

/**
 * The file's text, the same for the same input.
 *
 * @throws RangeError for a text that `sepaText` refuses: each order was looked at before
 */
export function buildPain001(
  { messageId, createdAt, executionDate, count, controlSum, orders }: PayoutFileInput,
  { debtor, batchBooking }: Pain001Options
): PayoutFileContent {
  const debtorName = written(debtor.name, longestName)
  const totals = { NbOfTxs: String(count), CtrlSum: controlSum }
  const document = {
    "?xml": { "@_version": "1.0", "@_encoding": "UTF-8" },
    Document: {
      "@_xmlns": `urn:iso:std:iso:20022:tech:xsd:${pain001}`,
      CstmrCdtTrfInitn: {
        GrpHdr: {
          MsgId: messageId,
          CreDtTm: `${createdAt.toISOString().slice(0, 19)}Z`,
          ...totals,
          InitgPty: { Nm: debtorName },
        },
        PmtInf: {
          PmtInfId: messageId,
          PmtMtd: "TRF",
          ...(batchBooking === undefined ? {} : { BtchBookg: String(batchBooking) }),
          ...totals,
          PmtTpInf: { SvcLvl: { Cd: "SEPA" } },
          ReqdExctnDt: { Dt: executionDate },
          Dbtr: { Nm: debtorName },
          DbtrAcct: { Id: { IBAN: plainIban(debtor.iban) }, Ccy: "EUR" },
          DbtrAgt: { FinInstnId: agent(debtor.bic) ?? { Othr: { Id: "NOTPROVIDED" } } },
          ChrgBr: "SLEV",
          CdtTrfTxInf: orders.map(transaction),
        },
      },
    },
  }
  return {
    name: `${messageId}.xml`,
    mediaType: "application/xml",
    text: String(builder.build(document)),
  }
}

function transaction({
  reference,
  amount,
  currencyCode,
  purpose,
  beneficiary,
  account,
}: PayoutOrder) {
  const bank = agent(account.bic)
  return {
    PmtId: { InstrId: reference, EndToEndId: reference },
    Amt: { InstdAmt: { "#text": amount, "@_Ccy": currencyCode.toUpperCase() } },
    ...(bank ? { CdtrAgt: { FinInstnId: bank } } : {}),
    Cdtr: { Nm: written(beneficiary.name, longestName) },
    CdtrAcct: { Id: { IBAN: plainIban(account.iban ?? "") } },
    RmtInf: { Ustrd: written(purpose, longestPurpose) },
  }
}

function agent(bic: string | undefined): { BICFI: string } | undefined {
  return bic ? { BICFI: plainBic(bic) } : undefined
}

function written(text: string, most: number): string {
  const read = sepaText(text, most)
  if ("problem" in read) {
    throw new RangeError(`A text of the file can't be written: ${read.problem}`)
  }
  return read.text
}
