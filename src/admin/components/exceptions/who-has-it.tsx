import { Button, Text, toast } from "@medusajs/ui"
import { useEffect, useRef } from "react"
import { useAbilities } from "../../lib/abilities"
import { formatAge, formatTime } from "../../lib/format"
import { type ExceptionDetail, useExceptionCommand } from "./api"
import { useExceptionWords } from "./words"
import { StrongText, SubtleText } from "../text"

/** Who is at an entry, told to screen readers as it changes, with what this person can do about it. */
export function WhoHasIt({ found, hold }: { found: ExceptionDetail; hold: Hold }) {
  const { t } = useExceptionWords()
  const wasOpen = useRef(false)
  if (found.state !== "open") {
    return <Decided found={found} isNew={wasOpen.current} />
  }
  wasOpen.current = true
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 px-6 py-3">
      <Text size="small" leading="compact" role="status" aria-live="polite">
        <Sentence found={found} />
      </Text>
      {hold.mayTake && hold.isMine && (
        <Button
          size="small"
          variant="secondary"
          isLoading={hold.isBusy}
          onClick={() => void hold.release()}
        >
          {t("exceptions.hold.release")}
        </Button>
      )}
      {hold.mayTake && !hold.isMine && !hold.isOthers && (
        <Button
          size="small"
          variant="secondary"
          isLoading={hold.isBusy}
          onClick={() => void hold.take()}
        >
          {found.taken && !found.taken.is_mine
            ? t("exceptions.hold.takeOver")
            : t("exceptions.hold.take")}
        </Button>
      )}
    </div>
  )
}

function Sentence({ found: { taken } }: { found: ExceptionDetail }) {
  const { t, language, person } = useExceptionWords()
  if (!taken) {
    return t("exceptions.hold.free")
  }
  const name = person(taken.by, taken.name)
  if (taken.is_stale) {
    return taken.is_mine
      ? t("exceptions.hold.free")
      : t("exceptions.hold.left", { name, age: formatAge(taken.until, language) })
  }
  return taken.is_mine
    ? t("exceptions.hold.mine")
    : t("exceptions.hold.others", { name, time: formatTime(taken.until, language) })
}

/** @param isNew it was decided while somebody looked at it: the focus is set here, because what had it is gone */
function Decided({ found, isNew }: { found: ExceptionDetail; isNew: boolean }) {
  const { t, language, person, state } = useExceptionWords()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isNew) {
      box.current?.focus()
    }
  }, [isNew])
  const time = found.settled_at ? formatTime(found.settled_at, language) : ""
  return (
    <div
      ref={box}
      tabIndex={-1}
      className="flex flex-col gap-y-1 px-6 py-3 outline-none"
      role="status"
      aria-live="polite"
    >
      <StrongText>
        {t("exceptions.decided", {
          state: state(found.state),
          name: person(found.settled_by, found.settled_by_name),
          time,
        })}
      </StrongText>
      {found.note && <SubtleText className="break-words">{found.note}</SubtleText>}
    </div>
  )
}

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
