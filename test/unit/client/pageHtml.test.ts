import { expect, test } from 'vitest';
import { pageHtml } from '../../../client/src/webviews/pageHtml.ts';

const html = pageHtml({
	root: 'dashboard',
	cspSource: 'https://webview.test',
	nonce: 'n0nce',
	script: 'https://webview.test/dashboard.js?a=1&b="2"',
	style: 'https://webview.test/dashboard.css',
	title: 'A <b>title</b>',
	locale: 'de',
});

const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/
	.exec(html)![1]!
	.replaceAll('&#39;', "'");

test('the policy forbids everything but the one script and the own style sheet', () => {
	expect(policy.split('; ')).toEqual([
		"default-src 'none'",
		"script-src 'nonce-n0nce'",
		'style-src https://webview.test',
		"base-uri 'none'",
		"form-action 'none'",
	]);
});

test('the page has one script, which carries the nonce, and nothing inline', () => {
	const scripts = html.match(/<script[^>]*>/g);
	expect(scripts).toHaveLength(1);
	expect(scripts![0]).toContain('nonce="n0nce"');
	expect(html).toMatch(/<script[^>]*><\/script>/);
	expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i);
});

test('title and addresses act as no markup', () => {
	expect(html).toContain('<title>A &#60;b&#62;title&#60;/b&#62;</title>');
	expect(html).toContain('?a=1&#38;b=&#34;2&#34;"');
	expect(html).toContain('<html lang="de">');
});
