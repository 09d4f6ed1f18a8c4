import { z } from "zod"
import type { SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import { API, apiRoute, call, rawFields, type Call, type RawFields } from "./api-route"
import { checksum } from "./checksum"
import type { PaymentzContext } from "./context"
import { authentication, optionalCustomer, text } from "./fields"
import { Refusal } from "./refusal"
import { payWithSavedCard } from "./saved-card-payment"
import { timestamp } from "./timestamp"

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
