import { StatusBadge, Table, Text } from "@medusajs/ui"
import { formatTime } from "../../lib/format"
import { useWords } from "../../lib/words"
import { ScrollTable } from "../scroll-table"
import type { Run } from "./api"

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
