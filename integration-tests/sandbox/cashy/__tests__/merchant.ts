import { createHash } from "node:crypto"
import { z } from "zod"
import { closeAfterTest } from "../../shared/__tests__/close-after-test"
import { type CashySandbox, type CashySandboxOptions, startCashySandbox } from ".."

const envelope = z.strictObject({
  code: z.number(),
  msg: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
})

type Answer = z.output<typeof envelope> & {
  readonly status: number
  /** As it came. */
  readonly text: string
}

export const ORDER = {
  nonceStr: "test001",
  currency: "PKR",
  payType: 36,
  amount: "100.0",
  reusableStatus: false,
  mchOrderNo: "order000000001",
  expireTime: 3600,
  notifyUrl: "http://127.0.0.1:9/hooks",
  remark: "PayIn",
  realName: "Jack",
  phone: "3001234567",
  email: "example@maildomain.com",
  idCard: "3310401123456",
}

export const PAYOUT = {
  nonceStr: "test002",
  currency: "PKR",
  amount: "50.00",
  mchOrderNo: "P000000001",
  notifyUrl: "http://127.0.0.1:9/hooks",
  remark: "PayOut",
  accountName: "Jack",
  accountNo: "03001234567",
  accountType: 1,
  bankId: "EASYPAISA",
}

type Fields = Readonly<Record<string, unknown>>

/** The least a merchant's server has to do, over real HTTP. */
export class Merchant {
  constructor(private readonly sandbox: CashySandbox) {}

  post(path: string, fields: Fields): Promise<Answer> {
    return this.send(path, JSON.stringify(fields))
  }

  /** `headers` take the place of those that are right. */
  async send(path: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
    const { merchantId, apiKey } = this.sandbox.credentials
    const response = await fetch(this.sandbox.url + path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        MerchantId: merchantId,
        Sign: signOf(body, apiKey),
        ...headers,
      },
      body,
    })
    const text = await response.text()
    return { ...envelope.parse(JSON.parse(text)), status: response.status, text }
  }

  payIn(changes: Fields = {}): Promise<Answer> {
    return this.post("/api/payIn", { ...ORDER, ...changes })
  }

  query(numbers: Fields = { mchOrderNo: ORDER.mchOrderNo }): Promise<Answer> {
    return this.post("/api/payInQuery", { ...numbers, nonceStr: "n" })
  }

  payOut(changes: Fields = {}): Promise<Answer> {
    return this.post("/api/payOut", { ...PAYOUT, ...changes })
  }

  queryPayout(numbers: Fields = { mchOrderNo: PAYOUT.mchOrderNo }): Promise<Answer> {
    return this.post("/api/payOutQuery", { ...numbers, nonceStr: "n" })
  }
}

export function signOf(body: string, apiKey: string): string {
  return createHash("md5")
    .update(body + apiKey, "utf8")
    .digest("hex")
    .toUpperCase()
}

/** A sandbox, which ends with the test, and a merchant. */
export async function startMerchant(options: CashySandboxOptions = {}) {
  const sandbox = closeAfterTest(await startCashySandbox(options))
  const merchant = new Merchant(sandbox)
  return { sandbox, merchant }
}
