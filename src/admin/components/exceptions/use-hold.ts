import { toast } from "@medusajs/ui"
import { useEffect, useRef } from "react"
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
  /** Until it is left; where it is taken by the way, also until the drawer is closed. */
  take: (byTheWay?: boolean) => Promise<void>
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
  const isByTheWay = useRef(false)
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
  const take = async (byTheWay = false) => {
    isByTheWay.current = byTheWay
    renewedAt.current = Date.now()
    await run("take")
  }
  const leave = useRef(() => {})
  leave.current = () => {
    if (isMine && state === "open" && isByTheWay.current) {
      void run("release")
    }
  }
  useEffect(() => () => leave.current(), [])
  return {
    isOthers,
    isMine,
    mayTake,
    isBusy: command.isPending,
    take,
    release: async () => await run("release"),
    renew: () => {
      if (isMine && Date.now() - renewedAt.current > renewEveryMs) {
        void take(isByTheWay.current)
      }
    },
  }
}
