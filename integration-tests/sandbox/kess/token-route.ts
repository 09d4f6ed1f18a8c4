import { z } from "zod"
import type { Route } from "../shared/router"
import { apiRoute } from "./api-route"
import type { KessContext } from "./context"
import { text } from "./fields"
import { Refusal } from "./refusal"

/** KESS, Get API Token. */
export function tokenRoute(context: KessContext): Route {
  const { credentials, paths, settings, tokens } = context
  return apiRoute(context, {
    path: paths.token,
    withoutToken: true,
    body: z.strictObject({ user: text, password: text }),
    answer: ({ user, password }) => {
      if (user !== credentials.user || password !== credentials.password) {
        throw new Refusal("USER_INVALID")
      }
      return { message: "SUCCESS", token: tokens.issue(settings().tokenLifeMs) }
    },
  })
}
