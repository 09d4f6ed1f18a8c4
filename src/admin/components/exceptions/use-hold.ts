import { toast } from "@medusajs/ui"
import { useRef } from "react"
import { useAbilities } from "../../lib/abilities"
import { useExceptionCommand, type ExceptionDetail } from "./api"
import { useExceptionWords } from "./words"

/** Between two signs that somebody is still at it, in milliseconds; a fraction of what the API gives. */
const renewEveryMs = 60_000

export type Hold = {
  /** Somebody else is at it at this moment: nothing can be decided. */
  isOthers: boolean
  isMine: boolean
  mayTake: boolean
  isBusy: boolean
  take: () => Promise<void>
  release: () => Promise<void>
  /** Says, where this person has it and at most once a minute, that they are still at it. */
  renew: () => void
}

/** Who has an entry to themselves, as this person meets it. */
export function useHold({ id, state, taken }: ExceptionDetail): Hold {
  const { t, failure } = useExceptionWords()
  const { may } = useAbilities()
  const command = useExceptionCommand(id)
  const renewedAt = useRef(0)
  const isMine = taken !== null && taken.is_mine && !taken.is_stale
  const isOthers = taken !== null && !taken.is_mine && !taken.is_stale
  const mayTake = state === "open" && (may?.("gateway_payment:take") ?? false)

  const run = async (verb: "take" | "release") => {
    try {
      await command.mutateAsync({ verb })
    } catch (error) {
      toast.error(t(`exceptions.hold.failed.${verb}`), { description: failure(error) })
    }
  }
  const take = async () => {
    renewedAt.current = Date.now()
    await run("take")
  }
  return {
    isOthers,
    isMine,
    mayTake,
    isBusy: command.isPending,
    take,
    release: async () => await run("release"),
    renew: () => {
      if (isMine && Date.now() - renewedAt.current > renewEveryMs) {
        void take()
      }
    },
  }
}
