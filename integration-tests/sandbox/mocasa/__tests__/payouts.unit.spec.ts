import { setTimeout as pause } from "node:timers/promises"
import { startMocasaSandbox, type MocasaSandbox } from ".."
import { Merchant } from "./merchant"

const PERSON = {
  idType: "national_id",
  idNo: "1234-5678",
  beneficiaryName: "Juan dela Cruz",
  businessLisence: "BL-1",
  shopName: "Juan's",
}

describe("a payout", () => {
  let sandbox: MocasaSandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startMocasaSandbox()
    merchant = new Merchant(sandbox)
    await merchant.signIn()
  })

  afterEach(() => sandbox.close())

  async function addBeneficiary(): Promise<string> {
    const { data } = await merchant.post("/payout/account/create", PERSON)
    return String(data?.["accountNo"])
  }

  const transfer = (payeeAccountNo: string, transferSerialNo = "P1", amount = "50.00") =>
    merchant.post("/payout/transfer/initiate", {
      transferSerialNo,
      amount,
      payeeAccountNo,
      purpose: "Share",
    })

  const payouts = () => sandbox.ledger.entries({ kind: "payout" })

  it("needs a beneficiary with the licence in the vendor's spelling", async () => {
    const { businessLisence, ...others } = PERSON
    expect(
      await merchant.post("/payout/account/create", { ...others, businessLicense: businessLisence })
    ).toMatchObject({ code: "PARAM_MISSING", message: expect.stringContaining("businessLisence") })
  })

  it("takes the optional fields of a beneficiary, and keeps the identity number out of the log", async () => {
    const optional = { phone: "", email: "a@b.test", businessScope: "x", shopAddress: "y" }
    expect(await merchant.post("/payout/account/create", { ...PERSON, ...optional })).toMatchObject(
      { data: { accountNo: expect.any(String), status: "success" } }
    )
    expect(JSON.stringify(sandbox.calls.list())).not.toContain(PERSON.idNo)
  })

  it("makes two accounts of one beneficiary who is added twice", async () => {
    expect(await addBeneficiary()).not.toBe(await addBeneficiary())
  })

  it("is refused to an account that does not exist or was not added successfully", async () => {
    expect(await transfer("nobody")).toMatchObject({ code: "ACCOUNT_NOT_FOUND" })
    sandbox.set({ beneficiaryStatus: "reviewing" })
    expect(await transfer(await addBeneficiary())).toMatchObject({ code: "ACCOUNT_NOT_ACTIVE" })
    expect(payouts()).toEqual([])
  })

  it("is refused for an amount that is none", async () => {
    expect(await transfer(await addBeneficiary(), "P1", "0.00")).toMatchObject({
      code: "PARAM_INVALID",
    })
  })

  it("can't be asked for before it was made", async () => {
    expect(await merchant.post("/payout/transfer/query", { transferSerialNo: "P1" })).toMatchObject(
      { code: "TRANSFER_NOT_FOUND" }
    )
  })

  it("moves its money and can be asked for", async () => {
    const { data } = await transfer(await addBeneficiary())
    expect(data).toEqual({
      transferSerialNo: "P1",
      txStatus: "success",
      txMessage: expect.any(String),
      txTime: expect.any(Number),
    })
    expect(
      (await merchant.post("/payout/transfer/query", { transferSerialNo: "P1" })).data
    ).toEqual(data)
    expect(payouts()).toMatchObject([{ reference: "P1", amount: "50.00", currency: "PHP" }])
  })

  it("pays a second time under one serial number", async () => {
    const account = await addBeneficiary()
    await transfer(account)
    expect(await transfer(account)).toMatchObject({ success: true })
    expect(payouts()).toHaveLength(2)
  })

  it("can be told to refuse a serial number that is in use", async () => {
    sandbox.set({ duplicateTransfer: "refuse" })
    const account = await addBeneficiary()
    await transfer(account)
    expect(await transfer(account)).toMatchObject({ code: "TRANSFER_EXISTS" })
    expect(payouts()).toHaveLength(1)
  })

  it("in progress moves its money only when it succeeds", async () => {
    sandbox.set({ transferStatus: "processing" })
    const account = await addBeneficiary()
    await transfer(account, "P1")
    await transfer(account, "P2")
    expect(payouts()).toEqual([])
    sandbox.finishTransfer("P1", "success")
    sandbox.finishTransfer("P2", "failed")
    expect(payouts()).toMatchObject([{ reference: "P1" }])
    expect(() => sandbox.finishTransfer("P2", "success")).toThrow(/not in progress/)
  })

  it("in progress can be told to succeed by itself, once, after a while", async () => {
    sandbox.set({ transferStatus: "processing", transferEndsAfterMs: 300 })
    const account = await addBeneficiary()
    await transfer(account, "P1")
    await transfer(account, "P2")
    sandbox.finishTransfer("P2", "failed")
    expect(payouts()).toEqual([])
    await pause(600)
    expect(payouts()).toMatchObject([{ reference: "P1" }])
  })

  it("that succeeded can come back, which its query and the ledger tell", async () => {
    await transfer(await addBeneficiary())
    sandbox.giveBack("P1")
    const { data } = await merchant.post("/payout/transfer/query", { transferSerialNo: "P1" })
    expect(data).toMatchObject({ txStatus: "failed" })
    expect(sandbox.ledger.entries({ reference: "P1" })).toMatchObject([
      { kind: "payout", amount: "50.00" },
      { kind: "payout_returned", amount: "50.00", currency: "PHP" },
    ])
    expect(() => sandbox.giveBack("P1")).toThrow(/has not succeeded/)
  })
})
