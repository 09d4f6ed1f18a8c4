import { ArrowDownTray } from "@medusajs/icons"
import { Button, toast } from "@medusajs/ui"
import { useMutation } from "@tanstack/react-query"
import { useWords } from "../lib/words"

/**
 * Saves something as a file, and says why where it can't.
 *
 * @param accessibleName which one it is, where several have one label
 * @param saved what is said when it has worked; nothing where it is left out
 * @param onSettled also where it failed
 */
export function DownloadButton({
  label,
  accessibleName,
  save,
  saved,
  onSettled,
}: {
  label: string
  accessibleName?: string
  save: () => Promise<void>
  saved?: string
  onSettled?: () => Promise<void>
}) {
  const { t, failure } = useWords()
  const { mutate, isPending } = useMutation({
    mutationFn: save,
    onSuccess: () => saved && toast.success(saved),
    onError: (error) => toast.error(t("common.notExported"), { description: failure(error) }),
    onSettled: async () => await onSettled?.(),
  })
  return (
    <Button
      size="small"
      variant="secondary"
      type="button"
      aria-label={accessibleName}
      isLoading={isPending}
      onClick={() => mutate()}
    >
      <ArrowDownTray />
      {label}
    </Button>
  )
}
