import { z } from "zod"

/** Control characters and invisible ones: a text that reads as something else than it is. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u

/** A text that a person wrote: not empty, of one line, at most so many characters long. */
export function oneLine(most: number) {
  return z
    .string({ error: "must be a text" })
    .trim()
    .min(1, { error: "is missing", abort: true })
    .max(most, { error: `must have at most ${most} characters` })
    .refine((text) => !unprintable.test(text), {
      error: "must be one line, without control or invisible characters",
    })
}
