// Draw points with WebGL2. The vertex shader interpolates between two positions of each point, so
// that 400,000 words can be animated.

const VERTEX = `#version 300 es
layout(location = 0) in vec3 a_from;
layout(location = 1) in vec3 a_to;
layout(location = 2) in uvec4 a_style;
uniform mat4 u_matrix;
uniform float u_mix, u_size, u_alpha, u_chosen_alpha, u_depth;
uniform vec4 u_chosen; // its last number: whether selected words have this colour
uniform sampler2D u_palette;
out vec4 v_color;
void main() {
  vec4 position = u_matrix * vec4(mix(a_from, a_to, u_mix), 1.0);
  bool selected = a_style.y == 1u;
  float nearness = 1.0 / max(position.w, 0.05);
  gl_Position = a_style.z == 1u ? vec4(2.0, 2.0, 2.0, 1.0) : position;
  gl_PointSize = clamp(u_size * mix(1.0, nearness, u_depth) * (selected ? 1.3 : 1.0), 1.0, 16.0);
  float alpha = selected ? u_chosen_alpha : u_alpha;
  float haze = mix(1.0, clamp(nearness * nearness, 0.35, 1.2), u_depth);
  vec3 color = texelFetch(u_palette, ivec2(int(a_style.x), 0), 0).rgb;
  v_color = vec4(selected ? mix(color, u_chosen.rgb, u_chosen.a) : color, min(alpha * haze, 1.0));
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
uniform float u_round;
in vec4 v_color;
out vec4 color;
void main() {
  // Small points are squares: corners of two pixels are not visible, and it is faster.
  float cover = 1.0;
  if (u_round > 0.0) {
    float away = length(gl_PointCoord - 0.5) * 2.0;
    cover = clamp((1.0 - away) * u_round, 0.0, 1.0);
  }
  color = v_color * vec4(1.0, 1.0, 1.0, cover);
}`;

// The shading under the points: an image between two corners.
const SHADING_VERTEX = `#version 300 es
uniform vec4 u_corners;
out vec2 v_at;
void main() {
  v_at = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  gl_Position = vec4(mix(u_corners.xy, u_corners.zw, v_at), 0.0, 1.0);
}`;

const SHADING_FRAGMENT = `#version 300 es
precision mediump float;
uniform sampler2D u_image;
uniform float u_alpha;
in vec2 v_at;
out vec4 color;
void main() { color = texture(u_image, v_at) * u_alpha; }`;

const UNIFORMS = [
  "matrix", "mix", "size", "alpha", "chosen_alpha", "depth", "chosen",
  "palette", "round",
];

export class WebGLPoints {
  /** Throws an Error if WebGL2 is not available. */
  constructor(canvas) {
    this.canvas = canvas;
    const gl = canvas.getContext("webgl2", { alpha: false, antialias: false, depth: false });
    if (!gl) throw new Error("WebGL2 is not available");
    this.gl = gl;
    this.program = link(gl, VERTEX, FRAGMENT);
    this.uniforms = {};
    for (const name of UNIFORMS) {
      this.uniforms[name] = gl.getUniformLocation(this.program, `u_${name}`);
    }
    this.buffers = new Map(); // positions -> their WebGL buffer
    this.styles = gl.createBuffer();
    this.palette = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.palette);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.enable(gl.BLEND);
    this.shadingProgram = link(gl, SHADING_VERTEX, SHADING_FRAGMENT);
    this.shadingArrays = gl.createVertexArray(); // none: the shader makes the corners
    this.shadingImage = gl.createTexture();
  }

  /** Whether WebGL runs on the CPU, not on a graphics card. */
  get inSoftware() {
    const known = this.gl.getExtension("WEBGL_debug_renderer_info");
    const name = known ? this.gl.getParameter(known.UNMASKED_RENDERER_WEBGL) : "";
    return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
  }

  /** Set the positions to interpolate; the same array twice when nothing moves. Other buffers are
   * deleted. */
  setPositions(from, to) {
    const { gl } = this;
    for (const [positions, buffer] of this.buffers) {
      if (positions === from || positions === to) continue;
      gl.deleteBuffer(buffer);
      this.buffers.delete(positions);
    }
    [from, to].forEach((positions, location) => {
      if (!this.buffers.has(positions)) {
        this.buffers.set(positions, gl.createBuffer());
        gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.get(positions));
        gl.bufferData(gl.ARRAY_BUFFER, positions, gl.STATIC_DRAW);
      }
      gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.get(positions));
      gl.enableVertexAttribArray(location);
      gl.vertexAttribPointer(location, 3, gl.FLOAT, false, 0, 0);
    });
    this.count = to.length / 3;
  }

  setStyles(styles) {
    const { gl } = this;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.styles);
    gl.bufferData(gl.ARRAY_BUFFER, styles, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(2);
    gl.vertexAttribIPointer(2, 4, gl.UNSIGNED_BYTE, 0, 0);
  }

  setPalette(colors) {
    const { gl } = this;
    gl.bindTexture(gl.TEXTURE_2D, this.palette);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, colors);
  }

  draw({ camera, mix, size, alpha, chosenAlpha, chosen, depth, background, ratio, shading }) {
    const { gl, canvas, uniforms } = this;
    const [width, height] = [Math.round(camera.width * ratio), Math.round(camera.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    gl.viewport(0, 0, width, height);
    gl.clearColor(background[0] / 255, background[1] / 255, background[2] / 255, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (shading) this.drawShading(shading, camera);
    if (!this.count) return;
    gl.useProgram(this.program);
    gl.bindTexture(gl.TEXTURE_2D, this.palette);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
    gl.uniformMatrix4fv(uniforms.matrix, false, clipMatrix(camera));
    gl.uniform1f(uniforms.mix, mix);
    gl.uniform1f(uniforms.size, size * ratio);
    gl.uniform1f(uniforms.alpha, alpha);
    gl.uniform1f(uniforms.depth, depth);
    gl.uniform1f(uniforms.round, size * ratio > 2.6 ? Math.max(size * ratio * 0.5, 1) : 0);
    gl.uniform1f(uniforms.chosen_alpha, chosenAlpha);
    const color = (chosen ?? [0, 0, 0]).map((value) => value / 255);
    gl.uniform4f(uniforms.chosen, ...color, chosen ? 1 : 0);
    gl.drawArrays(gl.POINTS, 0, this.count);
  }

  drawShading({ canvas, key, alpha, left, top, width, height }, camera) {
    const { gl, shadingProgram } = this;
    gl.useProgram(shadingProgram);
    gl.bindTexture(gl.TEXTURE_2D, this.shadingImage);
    if (this.shadingKey !== key) {
      this.shadingKey = key;
      gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, canvas);
      gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    }
    const [x, y] = [(at) => (2 * at) / camera.width - 1, (at) => 1 - (2 * at) / camera.height];
    const corners = [x(left), y(top), x(left + width), y(top + height)];
    gl.uniform4f(gl.getUniformLocation(shadingProgram, "u_corners"), ...corners);
    gl.uniform1f(gl.getUniformLocation(shadingProgram, "u_alpha"), alpha);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(this.shadingArrays);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    gl.bindVertexArray(null);
  }

  /** Wait until the drawing is complete: `readPixels` blocks until then. */
  finish() {
    this.gl.readPixels(0, 0, 1, 1, this.gl.RGBA, this.gl.UNSIGNED_BYTE, new Uint8Array(4));
  }

  destroy() {
    this.ended = true;
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

/** The camera's matrix for WebGL, column by column; z only clips points behind the camera. */
function clipMatrix(camera) {
  const rows = camera.rows();
  const matrix = new Float32Array(16);
  for (let column = 0; column < 4; column++) {
    const w = rows[8 + column];
    matrix[4 * column] = (2 * rows[column]) / camera.width;
    matrix[4 * column + 1] = (2 * rows[4 + column]) / camera.height;
    matrix[4 * column + 2] = w - (column === 3 ? 0.1 : 0);
    matrix[4 * column + 3] = w;
  }
  return matrix;
}

function link(gl, vertex, fragment) {
  const program = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`The shaders do not link: ${gl.getProgramInfoLog(program)}`);
  }
  return program;
}
