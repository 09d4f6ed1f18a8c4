import { z } from "zod"
import type { Route } from "../shared/router"
import { apiRoute, text } from "./api-route"
import type { MocasaContext } from "./context"
import { Refusal } from "./refusal"

/** Mocasa, Authorization. */
export function tokenRoute({ credentials, settings, tokens }: MocasaContext): Route {
  return apiRoute({
    path: "/auth/token/apply",
    tokens: null,
    form: z.strictObject({ clientKey: text, clientSecret: text }),
    answer: ({ clientKey, clientSecret }) => {
      if (clientKey !== credentials.clientKey || clientSecret !== credentials.clientSecret) {
        throw new Refusal("CLIENT_INVALID")
      }
      return tokens.issue(settings().tokenLifeMs, settings().expireTime)
    },
  })
}
