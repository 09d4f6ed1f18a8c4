import { XMLParser } from "fast-xml-parser"
import { buildPain001 } from "../pain-001"
import { anInput, anOrder, debtor, ibans, reference } from "./a-file"
import { itAgainstSchema } from "./schemas"

const orders = [
  anOrder(),
  anOrder({
    reference: reference(2),
    amount: "0.01",
    purpose: "a'b".repeat(46),
    beneficiary: { name: "š".repeat(70), email: "x@example.com", phone: "+385 1 234" },
    account: { iban: ibans.german, bic: "cobadeffxxx" },
  }),
]
const input = anInput(orders, { controlSum: "1500.01" })

function read(xml: string) {
  return new XMLParser({ parseTagValue: false, ignoreAttributes: false }).parse(xml).Document
    .CstmrCdtTrfInitn
}

describe("A pain.001 file", () => {
  itAgainstSchema("pain.001.001.09", "is valid by the standard's schema", async (problemsOf) => {
    expect(await problemsOf(buildPain001(input, { debtor }).text)).toEqual([])
    const withoutBic = { name: debtor.name, iban: debtor.iban }
    expect(
      await problemsOf(buildPain001(input, { debtor: withoutBic, batchBooking: true }).text)
    ).toEqual([])
    const one = anInput([anOrder()])
    expect(await problemsOf(buildPain001(one, { debtor }).text)).toEqual([])
  })

  itAgainstSchema(
    "pain.001.001.09",
    "is refused by it where an amount is none",
    async (problemsOf) => {
      const wrong = anInput([anOrder({ amount: "1,500.00" })])
      expect((await problemsOf(buildPain001(wrong, { debtor }).text)).join()).toContain("InstdAmt")
    }
  )

  it("says how many it pays, how much in all, when and from which account", () => {
    const { GrpHdr, PmtInf } = read(buildPain001(input, { debtor }).text)
    expect(GrpHdr).toMatchObject({
      MsgId: input.messageId,
      CreDtTm: "2026-11-29T08:30:15Z",
      NbOfTxs: "2",
      CtrlSum: "1500.01",
      InitgPty: { Nm: "Trznica d.o.o." },
    })
    expect(PmtInf).toMatchObject({
      NbOfTxs: "2",
      CtrlSum: "1500.01",
      ReqdExctnDt: { Dt: "2026-12-01" },
      PmtTpInf: { SvcLvl: { Cd: "SEPA" } },
      DbtrAcct: { Id: { IBAN: ibans.debtor } },
      DbtrAgt: { FinInstnId: { BICFI: "ZABAHR2X" } },
      ChrgBr: "SLEV",
    })
  })

  it("pays each transfer under our reference, in letters that banks take", () => {
    const [first, second] = read(buildPain001(input, { debtor }).text).PmtInf.CdtTrfTxInf
    expect(first).toEqual({
      PmtId: { InstrId: reference(1), EndToEndId: reference(1) },
      Amt: { InstdAmt: { "#text": "1500.00", "@_Ccy": "EUR" } },
      Cdtr: { Nm: "Durdica Zganjer-Scepanovic" },
      CdtrAcct: { Id: { IBAN: ibans.croatian } },
      RmtInf: { Ustrd: "Provizija, studeni" },
    })
    expect(second).toMatchObject({
      CdtrAgt: { FinInstnId: { BICFI: "COBADEFFXXX" } },
      Cdtr: { Nm: "s".repeat(70) },
      RmtInf: { Ustrd: "a'b".repeat(46) },
    })
  })

  it("is the same text for the same transfers", () => {
    expect(buildPain001(input, { debtor })).toEqual(buildPain001(input, { debtor }))
  })

  it("is not made with a name that it would have to cut or to guess at", () => {
    const long = anInput([anOrder({ purpose: "x".repeat(141) })])
    expect(() => buildPain001(long, { debtor })).toThrow("at most 140 characters")
  })
})
