import { ArrowDownTray } from "@medusajs/icons"
import { Button, toast } from "@medusajs/ui"
import { useMutation } from "@tanstack/react-query"
import { download } from "../../lib/client"
import { importsPath } from "./api"
import { useImportWords } from "./words"

/** Saves an empty file with the columns that a file of transfers has. */
export function TemplateButton() {
  const { t, failure } = useImportWords()
  const { mutate, isPending } = useMutation({
    mutationFn: async () => await download(`${importsPath}/template`, {}, "payout-transfers.csv"),
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
      {t("imports.template")}
    </Button>
  )
}
