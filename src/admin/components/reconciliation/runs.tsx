import { Button, StatusBadge, Table, Text } from "@medusajs/ui"
import { useState } from "react"
import { useAbilities } from "../../lib/abilities"
import { formatTime } from "../../lib/format"
import { useWords } from "../../lib/words"
import { BarChart } from "../bar-chart"
import { ScrollTable } from "../line-table"
import { type Run, useRunAtWork, useStartRun } from "./api"
import { SubtleText } from "../text"

/** Starts a run, and says how far it is and what it came to. */
export function RunNow() {
  const { t, failure } = useWords()
  const { may } = useAbilities()
  const [id, setId] = useState<string>()
  const start = useStartRun()
  const { data: run, error } = useRunAtWork(id)
  if (!may?.("gateway_payment:reconcile")) {
    return null
  }
  const isAtWork = start.isPending || (id !== undefined && run !== null && !run?.ended_at && !error)
  const fault = start.error ?? error
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
      <SubtleText role="status" aria-live="polite">
        {fault
          ? t("reconciliation.notStarted", { reason: failure(fault) })
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
      </SubtleText>
    </div>
  )
}

/** A bar for each run, the oldest first: what was found, what failed, what could not be asked about. */
export function RunsChart({ runs }: { runs: readonly Run[] }) {
  const { t, language } = useWords()
  const series = [
    { name: t("reconciliation.found"), className: "fill-ui-tag-green-icon" },
    { name: t("reconciliation.unpaid"), className: "fill-ui-tag-orange-icon" },
    { name: t("reconciliation.errors"), className: "fill-ui-tag-red-icon" },
  ]
  const bars = [...runs]
    .reverse()
    .map(({ id, started_at, settled, unmatched, failed, errors }) => ({
      id,
      label: formatTime(started_at, language),
      values: [settled + unmatched, failed, errors],
    }))
  return (
    <div className="px-6 py-4">
      <BarChart title={t("reconciliation.chart")} series={series} bars={bars} format={String} />
    </div>
  )
}

const counts = [
  "checked",
  "settled",
  "failed",
  "unmatched",
  "chargebacks",
  "errors",
  "given_up",
] as const satisfies readonly (keyof Run)[]

/** The runs by their numbers; the last error in the gateway's own words. */
export function RunsTable({ runs }: { runs: readonly Run[] }) {
  const { t, language } = useWords()
  return (
    <ScrollTable
      title={t("reconciliation.title")}
      columns={[
        { label: t("reconciliation.columns.started") },
        { label: t("reconciliation.columns.took") },
        ...counts.map((count) => ({
          label: t(`reconciliation.columns.${count}`),
          isNumber: true,
        })),
      ]}
    >
      {runs.map((run) => (
        <Table.Row key={run.id}>
          <Table.Cell className="whitespace-nowrap">
            {formatTime(run.started_at, language)}
            {run.error && (
              <Text
                size="xsmall"
                className="text-ui-fg-error max-w-[280px] truncate"
                title={run.error}
              >
                {run.error}
              </Text>
            )}
          </Table.Cell>
          <Table.Cell className="whitespace-nowrap">
            <Took run={run} />
          </Table.Cell>
          {counts.map((count) => (
            <Table.Cell key={count} className="text-right">
              {run[count]}
            </Table.Cell>
          ))}
        </Table.Row>
      ))}
    </ScrollTable>
  )
}

/** Longer than a run takes, in milliseconds: its server died. */
const diedAfterMs = 60 * 60_000

function Took({ run: { duration_ms, started_at } }: { run: Run }) {
  const { t, language } = useWords()
  if (duration_ms === null) {
    const isDead = Date.now() - Date.parse(started_at) > diedAfterMs
    return (
      <StatusBadge color={isDead ? "red" : "blue"}>
        {isDead ? t("reconciliation.died") : t("reconciliation.running")}
      </StatusBadge>
    )
  }
  const format = new Intl.NumberFormat(language, {
    style: "unit",
    unit: "second",
    maximumFractionDigits: 1,
  })
  return format.format(duration_ms / 1_000)
}
