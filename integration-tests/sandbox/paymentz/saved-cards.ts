import { z } from "zod"
import { Records, type RecordsOptions } from "../shared/records"
import type { Route, SandboxRequest } from "../shared/server"
import {
  amount,
  authentication,
  currency,
  customerOf,
  merchantTransactionId,
  optionalCustomer,
  optionalPayment,
  text,
  url,
} from "./fields"
import { redirectTo } from "./pages"
import { newPayment, paymentReply, requirePayable, requireUnused } from "./payment-routes"
import type { Customer, PaymentzPayment } from "./payments"
import {
  API,
  apiRoute,
  call,
  type Call,
  checksum,
  rawFields,
  type RawFields,
  Refusal,
  timestamp,
} from "./protocol"
import type { PaymentzContext, PaymentzSettings } from "./sandbox"

const PATH = `${API}/paywithtoken/:id`

/** Paymentz, paywithtoken (DB, PA and DL) and getCardsAndAccounts. */
export function savedCardRoutes(context: PaymentzContext): readonly Route[] {
  const pay = payWithSavedCard(context)
  const remove = removeSavedCard(context)
  const list = listSavedCards(context)
  const choose = ({ paymentType }: RawFields) => {
    if (paymentType === "DL") return remove
    if (paymentType === "DB" || paymentType === "PA") return pay
    throw new Refusal("FIELD_INVALID", "paymentType")
  }
  return [
    apiRoute(context, { path: PATH, needsToken: true, choose, faultPath: operationPath }),
    apiRoute(context, {
      path: `${API}/getCardsAndAccounts`,
      needsToken: true,
      choose: () => list,
    }),
  ]
}

/** What faults know the deletion by; payments with a saved card go by the path alone. */
function operationPath(request: SandboxRequest): string {
  try {
    return rawFields(request).paymentType === "DL" ? `${PATH}#DL` : PATH
  } catch {
    return PATH
  }
}

function removeSavedCard(context: PaymentzContext): Call {
  return call(context, {
    fields: z.strictObject({ ...authentication, paymentType: text }),
    checksum: (_fields, { params }) =>
      checksum("savedCard", { ...context.credentials, registrationId: params["id"] ?? "" }),
    answer: (_fields, { params }) => {
      const registrationId = params["id"] ?? ""
      context.savedCards.remove(registrationId)
      return {
        registrationId,
        result: { code: "00001", description: "The registration was deleted" },
        timestamp: timestamp(context.now()),
      }
    },
  })
}

/**
 * Assumption: `customer.customerId` and `customer.email` narrow the list, and without them it is that of all the
 * merchant's cards; the pages show neither the fields nor an answer. The answer's names are those that other clients
 * of the platform read.
 */
function listSavedCards({ credentials, savedCards, now }: PaymentzContext): Call {
  return call(
    { credentials },
    {
      fields: z.strictObject({ ...authentication, ...optionalCustomer }),
      checksum: () => checksum("memberOnly", credentials),
      answer: (wanted) => ({
        partnerId: credentials.partnerId,
        memberId: credentials.memberId,
        customerId: wanted["customer.customerId"] ?? "",
        cards: savedCards
          .all()
          .filter(
            ({ customer }) =>
              (wanted["customer.customerId"] ?? customer.id) === customer.id &&
              (wanted["customer.email"] ?? customer.email) === customer.email
          )
          .map(({ customer: _owner, ...card }) => ({ ...card, registrationStatus: "active" })),
        bankAccounts: [],
        result: { code: "00026", description: "Your record found successfully" },
        timestamp: timestamp(now()),
      }),
    }
  )
}

const fields = z.strictObject({
  ...authentication,
  merchantTransactionId,
  amount,
  currency,
  paymentType: z.enum(["DB", "PA"]),
  paymentMode: text.optional(),
  paymentBrand: text.optional(),
  merchantRedirectUrl: url.optional(),
  ...optionalPayment,
})

/** Paymentz, POST /paywithtoken/{registrationId}: synchronous, or with 3-D Secure. */
function payWithSavedCard(context: PaymentzContext): Call {
  const { credentials, now, payments, savedCards, settings } = context
  return call(context, {
    fields,
    checksum: ({ amount }, { params }) =>
      checksum("savedCardPayment", { ...credentials, registrationId: params["id"] ?? "", amount }),
    answer: (wanted, { params }) => {
      const card = savedCards.require(params["id"] ?? "")
      requireOwner(card.customer, customerOf(wanted))
      requirePayable(context, wanted)
      requireUnused(context, wanted.merchantTransactionId)
      if (wanted.recurringType !== undefined && !settings().bankSupportsRecurring) {
        throw new Refusal("RECURRING_NOT_SUPPORTED")
      }
      const { merchantRedirectUrl = "" } = wanted
      const outcome = outcomeOf(context, wanted.recurringType === "REPEATED")
      if (outcome === "3d" && merchantRedirectUrl === "") {
        throw new Refusal("FIELD_MISSING", "merchantRedirectUrl")
      }
      const opened = payments.open({
        ...newPayment(wanted, credentials.terminalId),
        customer: card.customer,
        origin: "saved-card",
        paymentMode: "CC",
        paymentBrand: card.cardType,
        merchantRedirectUrl,
      })
      const payment = charge(context, opened, outcome)
      return {
        ...paymentReply(payment, credentials, now()),
        ...(payment.awaits3d && {
          redirect: redirectTo(context, payment, settings().redirectMethod),
        }),
      }
    },
  })
}

type Outcome = PaymentzSettings["savedCardPayment"]

/** A repeated charge is made without the shopper: no issuer can ask for 3-D Secure. */
function outcomeOf({ settings }: PaymentzContext, isRepeated: boolean): Outcome {
  const { savedCardPayment } = settings()
  return savedCardPayment === "3d" && isRepeated ? "approve" : savedCardPayment
}

function charge(
  { notifier, payments, settings }: PaymentzContext,
  opened: PaymentzPayment,
  outcome: Outcome
): PaymentzPayment {
  switch (outcome) {
    case "approve":
      return notifier.decided(payments.approve(opened.paymentId))
    case "decline":
      return notifier.decided(payments.decline(opened.paymentId, settings().declineCode))
    case "pending":
      return payments.put({ ...opened, status: "authstarted" })
    case "3d":
      return payments.put({ ...opened, status: "authstarted", awaits3d: true })
  }
}

/** A card is charged only for whom it was saved, where the payment says for whom it is. */
function requireOwner(owner: Customer, payer: Customer): void {
  if (payer.id !== "" && owner.id !== "" && payer.id !== owner.id) {
    throw new Refusal("RECORD_NOT_FOUND", "registrationId")
  }
}

/** Plain JSON. */
export interface SavedCard {
  readonly registrationId: string
  readonly customer: Customer
  readonly cardType: string
  readonly bin: string
  readonly last4Digits: string
  readonly expiryMonth: string
  readonly expiryYear: string
}

/** The card that every shopper of this stand-in pays with. */
export const SHOPPERS_CARD = {
  cardType: "VISA",
  bin: "411111",
  last4Digits: "1111",
  expiryMonth: "12",
  expiryYear: "2030",
} as const

interface SavedCardsOptions extends RecordsOptions<SavedCard> {
  readonly randomId: () => string
}

export class SavedCards extends Records<SavedCard> {
  constructor(private readonly options: SavedCardsOptions) {
    super(options)
  }

  protected numberOf({ registrationId }: SavedCard): string {
    return registrationId
  }

  protected unknown(): Refusal {
    return new Refusal("RECORD_NOT_FOUND", "registrationId")
  }

  save(customer: Customer): SavedCard {
    const registrationId = this.options.randomId().replaceAll("-", "")
    return this.put({ registrationId, customer, ...SHOPPERS_CARD })
  }
}
