/** What the page is made of; all addresses as the webview knows them. */
export interface PageParts {
	/** The webview's own source, for the policy. */
	readonly cspSource: string;
	/** New for every page. */
	readonly nonce: string;
	/** Id of the element that the script fills. */
	readonly root: string;
	readonly script: string;
	readonly style: string;
	readonly title: string;
	/** BCP 47, for a screen reader's voice. */
	readonly locale: string;
}

/** The page, which its script fills. It runs that one script, takes that one style sheet, and reaches nothing else. */
export function pageHtml({ cspSource, nonce, root, script, style, title, locale }: PageParts): string {
	const policy = [
		"default-src 'none'",
		`script-src 'nonce-${nonce}'`,
		`style-src ${cspSource}`,
		"base-uri 'none'",
		"form-action 'none'",
	].join('; ');
	return `<!DOCTYPE html>
<html lang="${escapeHtml(locale)}">
<head>
	<meta charset="utf-8">
	<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	<title>${escapeHtml(title)}</title>
	<link rel="stylesheet" href="${escapeHtml(style)}">
</head>
<body>
	<main id="${escapeHtml(root)}"></main>
	<script nonce="${nonce}" src="${escapeHtml(script)}"></script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
	return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
