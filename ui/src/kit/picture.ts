/** A drawing made by Rust (an SVG text) as the address of a picture. */
export const picture = (svg: string): string => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
