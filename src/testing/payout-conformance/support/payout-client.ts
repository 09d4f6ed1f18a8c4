import type {
  AbstractPayoutProvider,
  NewPayoutBeneficiary,
  PayoutAccount,
  PayoutOrder,
  PayoutReport,
  PayoutResult,
} from "../../../modules/payout/provider"
import { admitWebhook, type WebhookDecision } from "../../../gateways/shared/webhook"
import type { SandboxSettings } from "../../conformance/gateway-data"
import {
  listen,
  type HttpListener,
  type ReceivedRequest,
} from "../../conformance/support/http-listener"
import { recordingLogger } from "../../conformance/support/witness"
import type { Witness } from "../../conformance/support/witness"
import type { PayoutData, PayoutSandbox } from "../payout-data"
import { newReference } from "./new-reference"

/** For scenarios without a time-out: no call takes that long, on the slowest machine. */
const patientMs = 10_000

/** What is shorter is found by chance. */
const shortestMark = 8

export type ClientSettings = {
  readonly signsWith?: SandboxSettings["signsWith"]
  /** How long a call to the gateway may take. */
  readonly timeoutMs?: number
}

/** Whoever sends transfers through one provider, with the gateway's sandbox beside it. */
export class PayoutClient {
  readonly provider: AbstractPayoutProvider
  readonly beneficiary: NewPayoutBeneficiary
  readonly decimals: number
  readonly #hosts: HttpListener[] = []
  #account: PayoutAccount | undefined

  private constructor(
    readonly data: PayoutData,
    readonly sandbox: PayoutSandbox,
    readonly webhooks: HttpListener,
    private readonly witness: Witness,
    /** What nobody may read in a log, an error or an answer: told by every client. */
    readonly personal: Set<string>,
    private readonly timeoutMs: number
  ) {
    const payee = sandbox.payee()
    this.beneficiary = payee.beneficiary
    payee.personal.forEach((mark) => personal.add(mark))
    this.provider = this.freshProvider()
    this.decimals = data.capabilities.currencies[data.currency] ?? 0
  }

  static async open(
    data: PayoutData,
    witness: Witness,
    personal: Set<string>,
    { signsWith = "current", timeoutMs = patientMs }: ClientSettings = {}
  ): Promise<PayoutClient> {
    const webhooks = await listen()
    const sandbox = await data.startSandbox({ webhookUrl: webhooks.url, signsWith })
    return new PayoutClient(data, sandbox, webhooks, witness, personal, timeoutMs)
  }

  /** Another one of the same shop, with a token and connections of its own. */
  freshProvider(): AbstractPayoutProvider {
    const { Provider } = this.data
    const logger = recordingLogger((line) => this.witness.saw("logged", line))
    return new Provider({ logger }, { ...this.sandbox.options, timeoutMs: this.timeoutMs })
  }

  /** The answer holds the account, which goes to the module alone; all else of it can be read by people. */
  async register(beneficiary = this.beneficiary) {
    const { provider, witness } = this
    const result = await provider.createBeneficiary(beneficiary).catch((error: unknown) => {
      witness.saw("thrown", error)
      throw error
    })
    witness.saw("returned", { ...result, account: undefined })
    return result
  }

  /** A transfer to a beneficiary who can be paid. */
  async order(change: Partial<PayoutOrder> = {}): Promise<PayoutOrder> {
    const { name, email, phone } = this.beneficiary
    return {
      reference: newReference(),
      amount: (1500).toFixed(this.decimals),
      currencyCode: this.data.currency,
      purpose: "Commission of May",
      beneficiary: { name, email, phone },
      account: await this.#payableAccount(),
      ...change,
    }
  }

  async send(order: PayoutOrder, provider = this.provider): Promise<PayoutResult> {
    return await this.witness.watch(provider.initiateTransfer(order)).catch(asUnknown)
  }

  async ask(order: PayoutOrder, gatewayId: string | null = null): Promise<PayoutReport> {
    return await this.witness
      .watch(this.provider.retrieveTransfer({ ...order, gatewayId }))
      .catch(asUnknown)
  }

  /** What the plugin's own route decides about it. */
  admit({ method, body, headers }: ReceivedRequest): WebhookDecision {
    const decision = admitWebhook(
      { method, rawBody: body, headers },
      { webhooks: "signed", parseWebhook: (message) => this.provider.parseWebhook(message) }
    )
    this.witness.saw("returned", decision)
    return decision
  }

  /** The webhook that came last, after all that are under way have come. */
  async lastWebhook(): Promise<ReceivedRequest> {
    await this.sandbox.webhooksSettled()
    const last = this.webhooks.received.at(-1)
    if (!last) {
      throw new Error("No webhook came")
    }
    return last
  }

  /** A host that the gateway's answers point to and nobody may call. */
  async anotherHost(): Promise<HttpListener> {
    const host = await listen()
    this.#hosts.push(host)
    return host
  }

  async close(): Promise<void> {
    await this.sandbox.close()
    await Promise.all([this.webhooks, ...this.#hosts].map((host) => host.close()))
    this.witness.mustHide(this.sandbox.secrets())
  }

  async #payableAccount(): Promise<PayoutAccount> {
    if (!this.#account) {
      const result = await this.register()
      if (result.status !== "active") {
        throw new Error(`The beneficiary can't be paid: ${JSON.stringify(result)}`)
      }
      this.#account = result.account
      Object.values(result.account)
        .filter((value) => value.length >= shortestMark)
        .forEach((value) => this.personal.add(value))
    }
    return this.#account
  }
}

/** What the payout module makes of a provider that throws. */
function asUnknown(): { outcome: "unknown" } {
  return { outcome: "unknown" }
}
