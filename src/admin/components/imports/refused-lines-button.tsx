import { ArrowDownTray } from "@medusajs/icons"
import { Button, toast } from "@medusajs/ui"
import { useMutation } from "@tanstack/react-query"
import { downloadFor } from "../../lib/client"
import { importsPath } from "./api"
import type { PayoutFile } from "./payout-file"
import { useImportWords } from "./words"

/** Saves the lines of a file that have to be mended, with their reasons: mended, that file can be dropped. */
export function RefusedLinesButton({ file }: { file: PayoutFile }) {
  const { t, failure } = useImportWords()
  const { mutate, isPending } = useMutation({
    mutationFn: async () =>
      await downloadFor(`${importsPath}/refused-lines`, file.body, "refused-lines.csv"),
    onError: (error) => toast.error(t("common.notExported"), { description: failure(error) }),
  })
  return (
    <Button
      size="small"
      variant="secondary"
      type="button"
      isLoading={isPending}
      onClick={() => mutate()}
    >
      <ArrowDownTray />
      {t("imports.refusedLines")}
    </Button>
  )
}
