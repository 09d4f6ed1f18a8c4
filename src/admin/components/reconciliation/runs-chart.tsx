import { formatTime } from "../../lib/format"
import { useWords } from "../../lib/words"
import { BarChart } from "../bar-chart"
import type { Run } from "./api"

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
