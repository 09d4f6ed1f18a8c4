import { Text } from "@medusajs/ui"
import type { BatchDetail } from "../batches/api"
import type { Approval } from "./api"
import { useApprovalWords } from "./words"

/** How many of the people whom it needs have approved, and who; nothing where one is enough. */
export function GivenApprovals({
  approvals: { needed, given },
}: {
  approvals: Approval["approvals"] | BatchDetail["approvals"]
}) {
  const { t, person, language } = useApprovalWords()
  if (needed < 2) {
    return null
  }
  const names = given.map((one) => person(one.approved_by_name, one.approved_by))
  return (
    <Text size="small" leading="compact" weight="plus">
      {t("approvals.rule.approvals", { given: given.length, needed })}
      {names.length > 0 && ` (${new Intl.ListFormat(language).format(names)})`}
    </Text>
  )
}
