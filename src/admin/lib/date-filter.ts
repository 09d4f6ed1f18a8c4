import { useTranslation } from "react-i18next"

const dayMs = 86_400_000

/** The options of a list's filter by a time, in Medusa's own words: today, the last days, or from when to when. */
export function useDateFilter() {
  const { t } = useTranslation()
  const today = new Date()
  today.setHours(0, 0, 0, 0)
  const since = (days: number) => ({
    $gte: new Date(today.getTime() - days * dayMs).toISOString(),
  })
  return {
    type: "date" as const,
    format: "date" as const,
    rangeOptionLabel: t("filters.date.custom"),
    rangeOptionStartLabel: t("filters.date.starting"),
    rangeOptionEndLabel: t("filters.date.ending"),
    options: [
      { label: t("filters.date.today"), value: since(0) },
      { label: t("filters.date.lastSevenDays"), value: since(7) },
      { label: t("filters.date.lastThirtyDays"), value: since(30) },
      { label: t("filters.date.lastNinetyDays"), value: since(90) },
    ],
  }
}
