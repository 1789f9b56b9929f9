// Makes the feedback as tall as it is, so that the page has one scroll bar. Nothing runs inside the frame.
const frame = document.querySelector(".kit-document");
const fit = () => {
  const inside = frame.contentDocument?.documentElement;
  if (inside) frame.style.height = `${inside.scrollHeight + 24}px`;
};
frame.addEventListener("load", fit);
window.addEventListener("resize", fit);
fit();
