import { Button, Text } from "@medusajs/ui"
import { useState } from "react"
import { useAbilities } from "../../lib/abilities"
import { messageOf } from "../../lib/client"
import { useWords } from "../../lib/words"
import { useRunAtWork, useStartRun } from "./api"

/** Starts a run, and says how far it is and what it came to. */
export function RunNow() {
  const { t } = useWords()
  const { may } = useAbilities()
  const [id, setId] = useState<string>()
  const start = useStartRun()
  const { data: run, error } = useRunAtWork(id)
  if (!may?.("gateway_payment:reconcile")) {
    return null
  }
  const isAtWork = start.isPending || (id !== undefined && run !== null && !run?.ended_at && !error)
  const failure = start.error ?? error
  return (
    <div className="flex flex-col gap-y-1 md:items-end">
      <Button
        size="small"
        variant="secondary"
        isLoading={isAtWork}
        onClick={() => start.mutate(undefined, { onSuccess: setId })}
      >
        {t("reconciliation.runNow")}
      </Button>
      <Text size="small" className="text-ui-fg-subtle" role="status" aria-live="polite">
        {failure
          ? t("reconciliation.notStarted", { reason: messageOf(failure) })
          : id === undefined
            ? ""
            : isAtWork
              ? t("reconciliation.atWork", { count: run?.checked ?? 0 })
              : run && run.checked > 0
                ? t("reconciliation.ended", {
                    count: run.checked,
                    settled: run.settled,
                    failed: run.failed,
                    errors: run.errors,
                  })
                : t("reconciliation.nothingDue")}
      </Text>
    </div>
  )
}
