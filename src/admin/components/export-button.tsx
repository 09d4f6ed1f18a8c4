import { ArrowDownTray } from "@medusajs/icons"
import { Button, toast } from "@medusajs/ui"
import { useMutation } from "@tanstack/react-query"
import { download } from "../lib/client"
import { useWords } from "../lib/words"

/**
 * Saves as a file what the filters of a list let through.
 *
 * @param path of the list's route, which has its export below it
 * @param filters as the list's route reads them, without the page and its order
 */
export function ExportButton({
  path,
  filters,
  fileName,
}: {
  path: string
  filters: Parameters<typeof download>[1]
  fileName: string
}) {
  const { t, failure } = useWords()
  const { mutate, isPending } = useMutation({
    mutationFn: async () => await download(`${path}/export`, filters, fileName),
    onSuccess: () => toast.success(t("common.exported")),
    onError: (error) => toast.error(t("common.notExported"), { description: failure(error) }),
  })
  return (
    <Button size="small" variant="secondary" isLoading={isPending} onClick={() => mutate()}>
      <ArrowDownTray />
      {t("common.export")}
    </Button>
  )
}
