# shellcheck shell=bash
# Shared by launch.sh and test.sh: find Python, get uv, make .venv from uv.lock, make sure of the system libraries.

ROOT=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")
PRIVATE="$ROOT/.engineroom"
VENV="$ROOT/.venv"
STAMP="$VENV/engineroom.stamp"
UV_VERSION=0.13.9
UV_OLDEST=0.13.0

say() { printf 'engineroom: %s\n' "$*" >&2; }

# die STATUS LINE...
die() {
    local status=$1 line
    shift
    for line in "$@"; do say "$line"; done
    exit "$status"
}

have() { command -v "$1" >/dev/null 2>&1; }

may_install() { [[ $EUID -eq 0 ]] || { have sudo && sudo -n true 2>/dev/null; }; }

as_root() {
    if [[ $EUID -eq 0 ]]; then "$@"; else sudo -n "$@"; fi
}

package_manager() {
    if have apt-get; then echo apt-get; elif have dnf; then echo dnf; fi
}

# install_line PACKAGE...: the command a person would type.
install_line() {
    local prefix=''
    [[ $EUID -eq 0 ]] || prefix='sudo '
    printf '%s%s install -y' "$prefix" "$(package_manager)"
    printf ' %s' "$@"
}

# install_packages PACKAGE...: with the system's package manager, output on stderr.
install_packages() {
    say "Installing system packages: $*"
    if [[ $(package_manager) == dnf ]]; then
        as_root dnf install -y "$@" >&2 </dev/null
        return
    fi
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get)
    as_root "${apt[@]}" install -y -q --no-install-recommends "$@" >&2 </dev/null && return
    say "Trying once more with fresh package lists."
    as_root "${apt[@]}" update -q >&2 </dev/null
    as_root "${apt[@]}" install -y -q --no-install-recommends "$@" >&2 </dev/null
}

# --- Python ----------------------------------------------------------------------------------------------------------

# interpreter COMMAND: prints the path of the interpreter behind COMMAND when the lock has packages for it.
interpreter() {
    "$1" -I -c '
import platform, struct, sys, sysconfig
fits = (3, 11) <= sys.version_info[:2] <= (3, 13) and platform.python_implementation() == "CPython"
fits = fits and struct.calcsize("P") == 8 and not sysconfig.get_config_var("Py_GIL_DISABLED")
print(sys.executable) if fits else sys.exit(1)' 2>/dev/null
}

find_python() {
    local candidate
    if [[ -n ${ENGINEROOM_PYTHON:-} ]]; then
        PYTHON=$(interpreter "$ENGINEROOM_PYTHON") && return
        die 1 "ENGINEROOM_PYTHON=$ENGINEROOM_PYTHON is not a 64-bit CPython 3.11, 3.12 or 3.13."
    fi
    for candidate in python3 python3.13 python3.12 python3.11 python; do
        PYTHON=$(interpreter "$candidate") && return
    done
    if have uv && candidate=$(uv python find --no-project '>=3.11,<3.14' 2>/dev/null); then
        PYTHON=$(interpreter "$candidate") && return
    fi
    die 1 "No suitable Python here: Engineroom needs a 64-bit CPython 3.11, 3.12 or 3.13." "$(python_advice)" \
        "Then start this script again. ENGINEROOM_PYTHON=/path/to/python3 names one that is not on the PATH."
}

python_advice() {
    local version
    case $(package_manager) in
        apt-get)
            for version in 3.13 3.12 3.11; do
                if apt-cache show "python$version" >/dev/null 2>&1; then
                    echo "Install one: $(install_line "python$version" "python$version-venv")"
                    return
                fi
            done
            echo "Refresh the package lists first (apt-get update); if they hold no python3.11 to python3.13, use another source."
            ;;
        dnf) echo "Install one: $(install_line python3.13)" ;;
        *) echo "Install one with this system's package manager." ;;
    esac
}

# --- uv --------------------------------------------------------------------------------------------------------------

uv_fits() {
    local version
    version=$("$1" --version 2>/dev/null) || return 1
    version=${version#uv }
    [[ $(printf '%s\n' "$UV_OLDEST" "${version%% *}" | sort -V | head -n 1) == "$UV_OLDEST" ]]
}

# find_uv: sets UV to one on the PATH that is new enough, else to a private one.
find_uv() {
    UV=$(command -v uv) && uv_fits "$UV" && return
    UV="$PRIVATE/bin/uv"
    uv_fits "$UV" && return
    say "Fetching uv $UV_VERSION into $PRIVATE; your own Python packages stay as they are."
    rm -rf "$PRIVATE/uv"
    fetch_uv || die 1 "Could not get uv; the messages above say why." \
        "Without a network nothing can be fetched. Behind a proxy set HTTPS_PROXY; for a package mirror set PIP_INDEX_URL." \
        "A uv $UV_OLDEST or newer on the PATH is used as it is. Then start this script again."
    mkdir -p "$PRIVATE/bin"
    ln -sf ../uv/bin/uv "$UV"
    uv_fits "$UV" || die 1 "uv was fetched but does not run here: $UV"
}

fetch_uv() {
    if "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
        uv_into_venv
    elif "$PYTHON" -m pip --version >/dev/null 2>&1; then
        pip_install "$PYTHON" --target "$PRIVATE/uv"
    else
        install_venv_module
        uv_into_venv
    fi
}

uv_into_venv() { "$PYTHON" -m venv "$PRIVATE/uv" >&2 && pip_install "$PRIVATE/uv/bin/python"; }

# pip_install PYTHON [OPTION...]
pip_install() {
    local python=$1
    shift
    PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 "$python" -m pip install --quiet --no-input --disable-pip-version-check \
        "$@" "uv==$UV_VERSION" >&2
}

# Debian ships Python without venv and pip.
install_venv_module() {
    local package
    package="python$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    if [[ $(package_manager) == apt-get ]] && may_install; then
        install_packages "$package" && return
        die 1 "The package $package could not be installed; the messages above say why."
    fi
    [[ $(package_manager) == apt-get ]] || package=python3-pip
    die 1 "$PYTHON has neither venv nor pip. Run this line, then start this script again:" "    $(install_line "$package")"
}

# --- the environment -------------------------------------------------------------------------------------------------

lock_digest() {
    { cat -- "$ROOT/uv.lock" "$ROOT/pyproject.toml"; echo "$ROOT ${ENGINEROOM_PYTHON:-}"; } | sha256sum | cut -d ' ' -f 1
}

# stamped PART...: whether .venv was made from these very files and holds these parts.
stamped() {
    local digest parts part
    [[ -x $VENV/bin/python && -r $STAMP ]] || return 1
    read -r digest parts <"$STAMP"
    [[ $digest == "$(lock_digest)" ]] || return 1
    for part in "$@"; do [[ " $parts " == *" $part "* ]] || return 1; done
}

# make_environment PART...: .venv from the lock with the starter model and the named parts (desktop, dev).
make_environment() {
    unset VIRTUAL_ENV PYTHONHOME PYTHONPATH
    trust_system_certificates
    stamped "$@" && return
    if [[ ! -w $ROOT ]] || ! mkdir -p "$PRIVATE" || [[ ! -w $PRIVATE ]]; then
        die 1 "Cannot write to $ROOT. Use a checkout that belongs to you."
    fi
    exec 9>"$PRIVATE/setup.lock"
    if have flock && ! flock -n 9; then
        say "Another start is setting up this checkout: waiting for it."
        flock 9
    fi
    if ! stamped "$@"; then
        find_python
        find_uv
        sync_environment "$@"
    fi
    exec 9>&-
}

sync_environment() {
    local recorded='' parts options=()
    # What another script put in stays, so that launch.sh and test.sh do not undo each other's work.
    if stamped; then read -r _ recorded <"$STAMP"; fi
    mapfile -t parts < <(printf '%s\n' "${recorded// /$'\n'}" "$@" | sed '/^$/d' | sort -u)
    [[ " ${parts[*]} " != *' desktop '* ]] || options+=(--extra desktop)
    [[ " ${parts[*]} " != *' dev '* ]] || options+=(--group dev)
    [[ -w ${HOME:-/nonexistent} ]] || export UV_CACHE_DIR="${UV_CACHE_DIR:-$PRIVATE/cache}"
    say "Making $VENV from uv.lock with $PYTHON."
    rm -f "$STAMP"
    if ! UV_PROJECT_ENVIRONMENT="$VENV" UV_PYTHON_DOWNLOADS=never \
        "$UV" sync --project "$ROOT" --locked --python "$PYTHON" "${options[@]}" >&2 </dev/null; then
        sync_advice "${parts[@]}"
    fi
    echo "$(lock_digest) ${parts[*]}" >"$STAMP"
}

# Company networks sign with an authority of their own, which only the system's store knows.
trust_system_certificates() {
    local store
    for store in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt; do
        [[ ! -s $store ]] || export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"
    done
}

sync_advice() {
    say "uv could not make the environment; its own message stands above."
    [[ -z ${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-} ]] ||
        say "UV_DEFAULT_INDEX or UV_INDEX_URL is set, but the lock is for uv's default index: unset it for this command."
    [[ " $* " != *' desktop '* ]] ||
        say "Where this system is too old for pyside6-essentials, --headless still works: it needs no window."
    die 1 "Without a network nothing can be fetched; behind a proxy set HTTPS_PROXY. With a full disk, make room." \
        "Then start this script again: what was fetched already is kept."
}

# --- system libraries ------------------------------------------------------------------------------------------------

# library_users PART...: the files of .venv whose shared libraries must be found. Parts: engine, offscreen, xcb, wayland.
library_users() {
    local site qt part
    site=$(echo "$VENV"/lib/python3.*/site-packages)
    qt="$site/PySide6"
    for part in "$@"; do
        case $part in
            engine) printf '%s\n' "$site"/xllamacpp/*.so && continue ;;
            xcb) printf '%s\n' "$qt"/Qt/plugins/xcbglintegrations/*.so ;;
            wayland) printf '%s\n' "$qt"/Qt/plugins/wayland-{shell-integration,decoration-client}/*.so ;;
        esac
        printf '%s\n' "$qt"/Qt{Core,Gui,Widgets,Network,Svg,DBus}.abi3.so "$qt/Qt/plugins/platforms/libq$part.so"
    done
}

missing_libraries() {
    local files
    mapfile -t files < <(library_users "$@" | sort -u)
    ldd "${files[@]}" 2>/dev/null | sed -n 's/^[[:space:]]*\([^[:space:]]*\) => not found.*/\1/p' | sort -u
}

# The second column is Debian's and Ubuntu's package, the third Fedora's.
library_packages() {
    cat <<'TABLE'
libgomp.so.1 libgomp1 libgomp
libstdc++.so.6 libstdc++6 libstdc++
libEGL.so.1 libegl1 libglvnd-egl
libGL.so.1 libgl1 libglvnd-glx
libGLX.so.0 libglx0 libglvnd-glx
libOpenGL.so.0 libopengl0 libglvnd-opengl
libX11.so.6 libx11-6 libX11
libX11-xcb.so.1 libx11-xcb1 libX11-xcb
libxkbcommon.so.0 libxkbcommon0 libxkbcommon
libxkbcommon-x11.so.0 libxkbcommon-x11-0 libxkbcommon-x11
libdbus-1.so.3 libdbus-1-3 dbus-libs
libfontconfig.so.1 libfontconfig1 fontconfig
libfreetype.so.6 libfreetype6 freetype
libglib-2.0.so.0 libglib2.0-0 glib2
libgthread-2.0.so.0 libglib2.0-0 glib2
libgssapi_krb5.so.2 libgssapi-krb5-2 krb5-libs
libz.so.1 zlib1g zlib
libzstd.so.1 libzstd1 libzstd
libbrotlidec.so.1 libbrotli1 libbrotli
libxcb.so.1 libxcb1 libxcb
libxcb-cursor.so.0 libxcb-cursor0 xcb-util-cursor
libxcb-icccm.so.4 libxcb-icccm4 xcb-util-wm
libxcb-image.so.0 libxcb-image0 xcb-util-image
libxcb-keysyms.so.1 libxcb-keysyms1 xcb-util-keysyms
libxcb-randr.so.0 libxcb-randr0 libxcb
libxcb-render.so.0 libxcb-render0 libxcb
libxcb-render-util.so.0 libxcb-render-util0 xcb-util-renderutil
libxcb-shape.so.0 libxcb-shape0 libxcb
libxcb-shm.so.0 libxcb-shm0 libxcb
libxcb-sync.so.1 libxcb-sync1 libxcb
libxcb-util.so.1 libxcb-util1 xcb-util
libxcb-xfixes.so.0 libxcb-xfixes0 libxcb
libxcb-xinerama.so.0 libxcb-xinerama0 libxcb
libxcb-xkb.so.1 libxcb-xkb1 libxcb
libxcb-glx.so.0 libxcb-glx0 libxcb
libwayland-client.so.0 libwayland-client0 libwayland-client
libwayland-cursor.so.0 libwayland-cursor0 libwayland-cursor
libwayland-egl.so.1 libwayland-egl1 libwayland-egl
TABLE
}

# packages_for LIBRARY...: their package names, each once; the library's own name where the table has none.
packages_for() {
    local column=2
    [[ $(package_manager) != dnf ]] || column=3
    library_packages | awk -v column="$column" -v wanted="$*" '
        { package[$1] = $column }
        END { n = split(wanted, names, " "); for (i = 1; i <= n; i++) print (names[i] in package) ? package[names[i]] : names[i] }
    ' | sort -u
}

# ensure_libraries PART...: installs what is missing, or prints the line that does. False while something is missing.
ensure_libraries() {
    local missing packages
    mapfile -t missing < <(missing_libraries "$@")
    [[ ${#missing[@]} -gt 0 ]] || return 0
    mapfile -t packages < <(packages_for "${missing[@]}")
    say "System libraries that are not here: ${missing[*]}"
    if [[ -n $(package_manager) ]] && may_install; then
        install_packages "${packages[@]}" || say "The package manager could not install them; its message stands above."
        mapfile -t missing < <(missing_libraries "$@")
        [[ ${#missing[@]} -gt 0 ]] || return 0
        say "Still not here: ${missing[*]}"
        mapfile -t packages < <(packages_for "${missing[@]}")
    fi
    if [[ -n $(package_manager) ]]; then
        say "Run this line, then start this script again:"
        say "    $(install_line "${packages[@]}")"
    else
        say "Install them with this system's package manager, then start this script again."
    fi
    return 1
}

# ensure_x_server: Xvfb and what Qt needs for it, where they are or may be installed. False where they are not.
ensure_x_server() {
    local package=xvfb
    [[ $(package_manager) != dnf ]] || package=xorg-x11-server-Xvfb
    if ! have Xvfb; then
        [[ -n $(package_manager) ]] && may_install && install_packages "$package" || return 1
    fi
    ensure_libraries xcb
}
