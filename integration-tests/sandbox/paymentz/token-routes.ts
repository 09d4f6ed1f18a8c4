import { z } from "zod"
import type { Route } from "../shared/router"
import { API, apiRoute, call } from "./api-route"
import type { PaymentzContext } from "./context"
import { text } from "./fields"
import { Refusal } from "./refusal"
import { timestamp } from "./timestamp"

/** Paymentz, authToken and regenerateToken. */
export function tokenRoutes(context: PaymentzContext): readonly Route[] {
  const { credentials, settings, tokens, now } = context
  const issued = (description: string) => ({
    partnerId: credentials.partnerId,
    memberId: credentials.memberId,
    result: { code: "200", description },
    timestamp: timestamp(now()),
    LoginName: credentials.username,
    AuthToken: tokens.issue(credentials.username, settings().tokenLifeMs),
  })
  const authToken = call(context, {
    fields: z.strictObject({
      "authentication.partnerId": text,
      "merchant.username": text,
      "authentication.sKey": text,
    }),
    checksum: null,
    answer: (fields) => {
      if (
        fields["authentication.partnerId"] !== credentials.partnerId ||
        fields["merchant.username"] !== credentials.username ||
        fields["authentication.sKey"] !== credentials.secureKey
      ) {
        throw new Refusal("CREDENTIALS_INVALID")
      }
      return issued("Token generated successfully")
    },
  })
  const regenerateToken = call(context, {
    fields: z.strictObject({ "authentication.partnerId": text, authToken: text }),
    checksum: null,
    answer: (fields) => {
      if (fields["authentication.partnerId"] !== credentials.partnerId) {
        throw new Refusal("CREDENTIALS_INVALID")
      }
      // Assumption: only a token that has not ended can be taken for a new one, and it goes on until its own end.
      tokens.check(fields.authToken)
      return issued("Token regenerated successfully")
    },
  })
  return [
    apiRoute(context, { path: `${API}/authToken`, needsToken: false, choose: () => authToken }),
    apiRoute(context, {
      path: `${API}/regenerateToken`,
      needsToken: false,
      choose: () => regenerateToken,
    }),
  ]
}
